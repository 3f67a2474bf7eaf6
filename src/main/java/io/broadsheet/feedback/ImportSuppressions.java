package io.broadsheet.feedback;

import io.broadsheet.csv.CsvCell;
import io.broadsheet.csv.CsvReader;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a file of addresses that must not be mailed, such as another program's, some hundreds per transaction. A row that can't be is left out and
 * reported. Safe to repeat: the first reason of an address stays.
 */
public final class ImportSuppressions {
    /** Rows per transaction, which must stay under 250 ms. */
    private static final int BATCH = 500;
    /** Rejected rows that are reported one by one; a file with more of them is the wrong file. */
    private static final int REJECTED_MAX = 10_000;

    private final Database database;
    private final Clock clock;
    private final FeedbackStore feedback;
    private final Stores stores;

    public ImportSuppressions(Database database, Clock clock, FeedbackStore feedback, Stores stores) {
        this.database = database;
        this.clock = clock;
        this.feedback = feedback;
        this.stores = stores;
    }

    /**
     * What became of the rows.
     *
     * @param unchanged were suppressed before
     * @param rejectedMore rejected rows beyond those listed
     */
    public record Report(long added, long unchanged, List<Rejected> rejected, long rejectedMore) {}

    /**
     * A row that was left out.
     *
     * @param line where it begins, from 1, the header included
     * @param reason what is wrong and the mend
     */
    public record Rejected(long line, String reason) {}

    /**
     * @param file CSV in UTF-8 with a header that names at least {@code email}; {@code why}, {@code since} and {@code reply} are read, others passed over
     * @throws UserError when there is no such file, or no such column: nothing was changed
     * @throws OutsideError when reading fails on the way: what was taken in until then is
     */
    public Report take(Path file, Progress progress) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file; name a CSV file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            CsvReader rows = new CsvReader(new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)));
            return new Intake(columns(file, rows.next()), progress).take(rows);
        } catch (IOException e) {
            throw new OutsideError(file + ": can't be read on; import it again, what is in stays as it is", true, e);
        }
    }

    private static Map<String, Integer> columns(Path file, CsvReader.@Nullable Row header) {
        if (header == null) {
            throw new UserError(file + ": an empty file; the first line names the columns, such as 'email'");
        }
        if (header.fault() != null) {
            throw new UserError(file + ":" + header.line() + ": " + header.fault());
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int at = 0; at < header.cells().size(); at++) {
            columns.putIfAbsent(header.cells().get(at).strip().toLowerCase(Locale.ROOT), at);
        }
        if (!columns.containsKey("email")) {
            throw new UserError(file + ":" + header.line() + ": no column 'email'; the first line names the columns");
        }
        return columns;
    }

    /** One file's rows on their way in. */
    private final class Intake {
        private final Map<String, Integer> columns;
        private final Progress progress;
        private final Instant now = clock.instant();
        private final Map<String, Address> addresses = new HashMap<>();
        private final List<Suppression> batch = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private long rejectedMore;
        private long rows;
        private long added;
        private long unchanged;

        Intake(Map<String, Integer> columns, Progress progress) {
            this.columns = columns;
            this.progress = progress;
        }

        Report take(CsvReader in) throws IOException {
            for (CsvReader.@Nullable Row row = in.next(); row != null; row = in.next()) {
                rows++;
                try {
                    batch.add(suppression(row));
                } catch (UserError e) {
                    reject(row.line(), e.lines().get(0));
                }
                if (batch.size() == BATCH) {
                    flush();
                }
            }
            flush();
            return new Report(added, unchanged, List.copyOf(rejected), rejectedMore);
        }

        private Suppression suppression(CsvReader.Row row) {
            if (row.fault() != null) {
                throw new UserError(row.fault());
            }
            String email = cell(row, "email");
            if (email.isBlank()) {
                throw new UserError("no address; fill the column 'email'");
            }
            String why = cell(row, "why").strip();
            String reply = Safe.text(cell(row, "reply"));
            Address address = Address.of(email);
            addresses.put(address.key(), address);
            return new Suppression(
                    address.key(),
                    why.isEmpty() ? Suppression.Why.BY_ADMIN : ListSuppressions.why(why),
                    since(cell(row, "since").strip()),
                    reply.isBlank() ? null : reply);
        }

        private Instant since(String text) {
            try {
                return text.isEmpty() ? now : Instant.parse(text);
            } catch (DateTimeException e) {
                throw new UserError("'" + Safe.text(text) + "' is no time; write it like 2026-01-31T09:00:00Z");
            }
        }

        private String cell(CsvReader.Row row, String name) {
            @Nullable Integer at = columns.get(name);
            return at == null || at >= row.cells().size()
                    ? ""
                    : CsvCell.unguarded(row.cells().get(at));
        }

        private void reject(long line, String reason) {
            if (rejected.size() < REJECTED_MAX) {
                rejected.add(new Rejected(line, reason));
            } else {
                rejectedMore++;
            }
        }

        private int add(Tx tx) {
            Set<String> fresh = stores.suppressions().addAll(tx, batch);
            for (String key : fresh) {
                Subscriber subscriber = stores.subscribers()
                        .find(tx, Objects.requireNonNull(addresses.get(key)))
                        .orElse(null);
                Event event = Event.byAdmin(Event.Kind.SUPPRESSED, key, subscriber, "import", now);
                feedback.add(tx, event, Outcome.SUPPRESSED, now);
            }
            return fresh.size();
        }

        private void flush() {
            if (!batch.isEmpty()) {
                int isNew = database.write(this::add);
                added += isNew;
                unchanged += batch.size() - isNew;
                batch.clear();
                addresses.clear();
            }
            progress.done(rows);
        }
    }
}
