package io.broadsheet.csv;

/** One cell of a file we write for people who open it in a spreadsheet. */
public final class CsvCell {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private CsvCell() {}

    /** Quoted where it must be (RFC 4180), and behind an apostrophe where a spreadsheet would run it as a formula (OWASP, CSV Injection). */
    public static String of(String value) {
        String guarded = isFormula(value, 0) ? "'" + value : value;
        boolean quoted = guarded.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + guarded.replace("\"", "\"\"") + '"' : guarded;
    }

    /** Without the apostrophe that {@link #of} put there. */
    public static String unguarded(String cell) {
        return cell.startsWith("'") && isFormula(cell, 1) ? cell.substring(1) : cell;
    }

    private static boolean isFormula(String value, int at) {
        return value.length() > at && FORMULA_STARTS.indexOf(value.charAt(at)) >= 0;
    }
}
