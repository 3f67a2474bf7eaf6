package io.broadsheet.subscriber;

import io.broadsheet.csv.CsvCell;
import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a newsletter's subscribers as CSV (RFC 4180) that {@link ImportSubscribers} reads back and that a spreadsheet can't be tricked with. */
public final class ExportSubscribers {
    private final ListSubscribers listSubscribers;

    public ExportSubscribers(ListSubscribers listSubscribers) {
        this.listSubscribers = listSubscribers;
    }

    /**
     * Writes a header and a row for each, and answers how many.
     *
     * @param state {@code pending}, {@code active} or {@code ended}; absent: active. Who left is only ever in a file that asks for them, since importing
     *     it elsewhere would bring them back
     * @throws io.broadsheet.error.UserError when there is no such newsletter or state
     * @throws OutsideError when writing fails
     */
    public long write(String newsletter, @Nullable String state, Appendable out) {
        try {
            out.append(String.join(",", ImportColumns.READ))
                    .append(',')
                    .append(String.join(",", ImportColumns.EXPORTED))
                    .append("\r\n");
            return listSubscribers.each(
                    newsletter,
                    state == null ? Subscription.State.ACTIVE.word() : state,
                    Long.MAX_VALUE,
                    one -> row(one, out));
        } catch (IOException e) {
            throw failed(e);
        } catch (UncheckedIOException e) {
            throw failed(e.getCause());
        }
    }

    private static void row(ListSubscribers.Listed one, Appendable out) {
        try {
            out.append(Stream.of(
                                    one.email(),
                                    orEmpty(one.name()),
                                    orEmpty(one.language()),
                                    orEmpty(one.timeZone()),
                                    one.cadence(),
                                    topics(one.topics()),
                                    one.state().word(),
                                    one.joined() == null ? "" : one.joined().toString())
                            .map(CsvCell::of)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String topics(List<String> topics) {
        return String.join(";", topics);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static OutsideError failed(@Nullable IOException cause) {
        return new OutsideError("the export can't be written; look for room on the disk and export again", true, cause);
    }
}
