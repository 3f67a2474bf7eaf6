package io.broadsheet.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, each column as wide as its widest cell; only the last is cut where the terminal ends. Used by one thread. */
final class Table {
    private static final String GAP = "  ";
    private static final int LAST_MIN = 20;

    private final List<List<String>> rows = new ArrayList<>();

    /** @param heading one word a column */
    Table(String... heading) {
        rows.add(List.of(heading));
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    void print(PrintStream out, int width) {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        int taken = 0;
        for (int columnWidth : widths) {
            taken += columnWidth + GAP.length();
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - length(row.get(i))))
                        .append(GAP);
            }
            out.println(line.append(cut(row.get(last), Math.max(LAST_MIN, width - taken)))
                    .toString()
                    .stripTrailing());
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String cut(String cell, int most) {
        return length(cell) <= most ? cell : cell.substring(0, cell.offsetByCodePoints(0, most - 1)) + "…";
    }
}
