package io.broadsheet.csv;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** For a fuzzer: any text as a CSV file, read to its end. */
public final class CsvFuzz {
    private CsvFuzz() {}

    public static void fuzzerTestOneInput(byte[] text) throws IOException {
        CsvReader rows = new CsvReader(new StringReader(new String(text, StandardCharsets.UTF_8)));
        for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
            row.cells().forEach(cell -> CsvCell.of(CsvCell.unguarded(cell)));
        }
    }
}
