package io.broadsheet.subscriber;

import io.broadsheet.config.Nearest;
import io.broadsheet.csv.CsvCell;
import io.broadsheet.csv.CsvReader;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.newsletter.Newsletter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the columns of a subscriber file mean, by its header. */
final class ImportColumns {
    static final List<String> READ = List.of("email", "name", "language", "time-zone", "cadence", "topics");
    /** What our own export adds; read over. */
    static final List<String> EXPORTED = List.of("state", "joined");

    private final Map<String, Integer> columns;
    private final int width;

    private ImportColumns(Map<String, Integer> columns, int width) {
        this.columns = columns;
        this.width = width;
    }

    /** @throws UserError when a column is unknown, named twice, or there is none for the address */
    static ImportColumns of(String file, CsvReader.Row header) {
        String where = file + ":" + header.line() + ": ";
        if (header.fault() != null) {
            throw new UserError(where + header.fault());
        }
        List<String> known = new ArrayList<>(READ);
        known.addAll(EXPORTED);
        Map<String, Integer> columns = new HashMap<>();
        for (int at = 0; at < header.cells().size(); at++) {
            String name = header.cells().get(at).strip().toLowerCase(Locale.ROOT);
            if (name.contains(";")) {
                throw new UserError(where + "columns parted by ';'; save the file with commas");
            }
            if (!known.contains(name)) {
                throw new UserError(where + "unknown column '" + Safe.text(name) + "'" + Nearest.mend(name, known));
            }
            if (columns.put(name, at) != null) {
                throw new UserError(where + "the column '" + name + "' is there twice; keep one");
            }
        }
        if (!columns.containsKey("email")) {
            throw new UserError(where + "no column 'email'; the first line names the columns");
        }
        return new ImportColumns(columns, header.cells().size());
    }

    /** @throws UserError saying what is wrong with the row, without a place */
    Enrolment read(CsvReader.Row row, Newsletter newsletter) {
        if (row.fault() != null) {
            throw new UserError(row.fault());
        }
        if (row.cells().size() > width) {
            throw new UserError(
                    row.cells().size() + " cells under " + width + " columns; put a cell with commas in quotes");
        }
        if (row.cells().stream().anyMatch(cell -> cell.indexOf('\uFFFD') >= 0)) {
            throw new UserError("bytes that are not UTF-8; save the file as UTF-8");
        }
        String email = cell(row, "email");
        if (email.isBlank()) {
            throw new UserError("no address; fill the column 'email'");
        }
        return new Enrolment(
                Address.of(email),
                EnrolmentFields.name(cell(row, "name")),
                EnrolmentFields.language(cell(row, "language")),
                EnrolmentFields.timeZone(cell(row, "time-zone")),
                EnrolmentFields.cadence(cell(row, "cadence"), newsletter),
                EnrolmentFields.topics(cell(row, "topics")));
    }

    private String cell(CsvReader.Row row, String name) {
        @Nullable Integer at = columns.get(name);
        return at == null || at >= row.cells().size()
                ? ""
                : CsvCell.unguarded(row.cells().get(at));
    }
}
