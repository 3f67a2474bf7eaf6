package io.broadsheet.feedback;

import io.broadsheet.csv.CsvCell;
import io.broadsheet.error.OutsideError;
import io.broadsheet.subscriber.Suppression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes all suppressed addresses as CSV (RFC 4180) that {@link ImportSuppressions} reads back and that a spreadsheet can't be tricked with. */
public final class ExportSuppressions {
    static final List<String> COLUMNS = List.of("email", "why", "since", "reply");

    private final ListSuppressions listSuppressions;

    public ExportSuppressions(ListSuppressions listSuppressions) {
        this.listSuppressions = listSuppressions;
    }

    /**
     * Writes a header and a row for each, and answers how many.
     *
     * @throws OutsideError when writing fails
     */
    public long write(Appendable out) {
        try {
            out.append(String.join(",", COLUMNS)).append("\r\n");
            return listSuppressions.each(null, Long.MAX_VALUE, one -> row(one, out));
        } catch (IOException e) {
            throw failed(e);
        } catch (UncheckedIOException e) {
            throw failed(e.getCause());
        }
    }

    private static void row(Suppression one, Appendable out) {
        try {
            out.append(Stream.of(
                                    one.addressKey(),
                                    one.why().word(),
                                    one.since().toString(),
                                    one.reply() == null ? "" : one.reply())
                            .map(CsvCell::of)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutsideError failed(@Nullable IOException cause) {
        return new OutsideError("the export can't be written; look for room on the disk and export again", true, cause);
    }
}
