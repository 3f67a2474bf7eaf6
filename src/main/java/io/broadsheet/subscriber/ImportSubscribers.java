package io.broadsheet.subscriber;

import io.broadsheet.csv.CsvReader;
import io.broadsheet.db.Database;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.progress.Progress;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in a file of people, some hundreds per transaction, so that a file of a million neither fills memory nor keeps others from writing. A row that
 * can't be is left out and reported; the others count. A second call with the same file changes nothing, and one after a crash goes on where it was.
 */
public final class ImportSubscribers {
    /** Rows per transaction, which must stay under 250 ms. */
    private static final int BATCH = 500;
    /** Rejected rows that are reported one by one; a file with more of them is the wrong file. */
    private static final int REJECTED_MAX = 10_000;
    /** From so many rows on the planner is told; a few change nothing for it. */
    private static final int ANALYZED_FROM = 1_000;

    private static final Logger log = LoggerFactory.getLogger(ImportSubscribers.class);

    private final Database database;
    private final Clock clock;
    private final Stores stores;
    private final Enrol enrol;

    public ImportSubscribers(Database database, Clock clock, Stores stores, ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.enrol = new Enrol(stores, new Joining(siteZone));
    }

    /**
     * What is taken in.
     *
     * @param file CSV in UTF-8 with a header of {@code email,name,language,time-zone,cadence,topics}, or some of them
     * @param cadence for rows without one; absent: the newsletter's first
     * @param confirmed where the consent of all of them is proved: they are active at once; absent: they are pending
     * @param invite whether those pending are mailed a confirmation
     */
    public record Request(
            Path file,
            String newsletter,
            @Nullable String cadence,
            @Nullable String confirmed,
            boolean invite) {}

    /**
     * What became of the rows.
     *
     * @param suppressed must not be mailed, or left before: nothing was changed for them
     * @param rejectedMore rejected rows beyond those listed
     */
    public record Report(
            long added, long updated, long unchanged, long suppressed, List<Rejected> rejected, long rejectedMore) {}

    /**
     * A row that was left out.
     *
     * @param line where it begins, from 1, the header included
     * @param reason what is wrong and the mend
     */
    public record Rejected(long line, String reason) {}

    /**
     * @throws UserError when there is no such file, newsletter or cadence, or the header can't be: nothing was changed
     * @throws OutsideError when reading fails on the way: what was reported as done is
     */
    public Report take(Request request, Progress progress) {
        Stopwatch watch = Stopwatch.start();
        Enrol.Terms terms = terms(request);
        if (!Files.isRegularFile(request.file())) {
            throw new UserError(request.file() + ": there is no such file; name a CSV file");
        }
        try (InputStream in = Files.newInputStream(request.file())) {
            CsvReader rows = new CsvReader(new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)));
            CsvReader.@Nullable Row header = rows.next();
            if (header == null) {
                throw new UserError(
                        request.file() + ": an empty file; the first line names the columns, such as 'email'");
            }
            ImportColumns columns = ImportColumns.of(request.file().toString(), header);
            Report report = new Intake(terms, columns, progress).take(rows);
            log.atInfo()
                    .addKeyValue("newsletter", request.newsletter())
                    .addKeyValue("added", report.added())
                    .addKeyValue("updated", report.updated())
                    .addKeyValue("unchanged", report.unchanged())
                    .addKeyValue("suppressed", report.suppressed())
                    .addKeyValue("rejected", report.rejected().size() + report.rejectedMore())
                    .addKeyValue("took-ms", watch.ms())
                    .log("subscribers imported");
            return report;
        } catch (IOException e) {
            throw new OutsideError(
                    request.file() + ": can't be read on; import it again, what is in stays as it is", true, e);
        }
    }

    private Enrol.Terms terms(Request request) {
        Newsletter newsletter = database.read(tx -> stores.newsletters().get(tx, request.newsletter()));
        String cadence = request.cadence() == null
                ? newsletter.definition().cadences().get(0).name()
                : newsletter.cadence(request.cadence()).name();
        return new Enrol.Terms(newsletter, cadence, request.confirmed(), false, request.invite());
    }

    /** One file's rows on their way in. */
    private final class Intake {
        private final Enrol.Terms terms;
        private final ImportColumns columns;
        private final Progress progress;
        private final SeenKeys seen = new SeenKeys();
        private final List<Enrolment> batch = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private final long[] counts = new long[Enrolment.Outcome.values().length];
        private long rows;
        private long rejectedMore;

        Intake(Enrol.Terms terms, ImportColumns columns, Progress progress) {
            this.terms = terms;
            this.columns = columns;
            this.progress = progress;
        }

        Report take(CsvReader in) throws IOException {
            for (CsvReader.@Nullable Row row = in.next(); row != null; row = in.next()) {
                add(row);
                if (batch.size() == BATCH) {
                    flush();
                }
            }
            flush();
            if (rows >= ANALYZED_FROM) {
                for (String table : List.of("subscriber", "subscription", "consent", "outbox")) {
                    database.writing(tx -> tx.dialect().analyze(tx, table));
                }
            }
            return new Report(
                    count(Enrolment.Outcome.ADDED),
                    count(Enrolment.Outcome.UPDATED),
                    count(Enrolment.Outcome.UNCHANGED),
                    count(Enrolment.Outcome.SUPPRESSED) + count(Enrolment.Outcome.LEFT),
                    List.copyOf(rejected),
                    rejectedMore);
        }

        private void add(CsvReader.Row row) {
            rows++;
            try {
                Enrolment person = columns.read(row, terms.newsletter());
                if (seen.add(person.address().key())) {
                    batch.add(person);
                } else {
                    reject(row, "the same address as on an earlier line; keep one");
                }
            } catch (UserError e) {
                reject(row, e.lines().get(0));
            }
        }

        private void reject(CsvReader.Row row, String reason) {
            if (rejected.size() < REJECTED_MAX) {
                rejected.add(new Rejected(row.line(), reason));
            } else {
                rejectedMore++;
            }
        }

        private void flush() {
            if (!batch.isEmpty()) {
                database.write(tx -> enrol.take(tx, terms, batch, clock.instant()))
                        .forEach(outcome -> counts[outcome.ordinal()]++);
                batch.clear();
            }
            progress.done(rows);
        }

        private long count(Enrolment.Outcome outcome) {
            return counts[outcome.ordinal()];
        }
    }
}
