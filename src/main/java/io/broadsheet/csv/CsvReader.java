package io.broadsheet.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated rows (RFC 4180) one after the other, each with the number of the line it begins on. Lines end as they like; a byte order mark
 * is forgiven; empty lines are passed over. A row that can't be read is answered with what is wrong, and the next line begins a new one. Used by one
 * thread.
 */
public final class CsvReader {
    /** Of one line; more is no table. */
    private static final int LINE_CHARACTERS_MAX = 64 * 1024;
    /** That one quoted cell may span. A quote that nobody closed must not swallow the rest of the file. */
    private static final int LINES_OF_A_ROW_MAX = 20;

    private final BufferedReader in;
    /** Lines that were read ahead for a quoted cell that turned out not to end. */
    private final Deque<String> ahead = new ArrayDeque<>();

    private long line;

    public CsvReader(Reader in) {
        this.in = new BufferedReader(in);
    }

    /**
     * One row.
     *
     * @param line where it begins, from 1
     * @param fault what is wrong with it, and the mend; absent when it could be read
     */
    public record Row(
            long line, List<String> cells, @Nullable String fault) {}

    /** The next row, or null after the last. */
    public @Nullable Row next() throws IOException {
        @Nullable String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        if (text == null) {
            return null;
        }
        long begins = line;
        if (text.length() > LINE_CHARACTERS_MAX) {
            return new Row(begins, List.of(), "a line of more than 64 KiB; check that lines end with a line break");
        }
        List<String> taken = new ArrayList<>();
        StringBuilder whole = new StringBuilder(text);
        while (isOpen(whole)) {
            @Nullable String more = taken.size() + 1 < LINES_OF_A_ROW_MAX ? nextLine() : null;
            if (more == null) {
                giveBack(taken);
                return new Row(begins, List.of(), "a quote that isn't closed; close it, or double it inside a cell");
            }
            taken.add(more);
            whole.append('\n').append(more);
        }
        return cells(begins, whole);
    }

    private void giveBack(List<String> taken) {
        for (int at = taken.size() - 1; at >= 0; at--) {
            ahead.addFirst(taken.get(at));
        }
        line -= taken.size();
    }

    /** Whether the text ends within quotes: a doubled quote closes and opens again, so the count tells. */
    private static boolean isOpen(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static Row cells(long line, CharSequence text) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                cell.append('"');
                at++;
            } else if (quoted && c == '"') {
                quoted = false;
                closed = true;
            } else if (quoted) {
                cell.append(c);
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
                closed = false;
            } else if (c == '"' && cell.toString().isBlank() && !closed) {
                cell.setLength(0);
                quoted = true;
            } else if (c == '"' || (closed && !Character.isWhitespace(c))) {
                return new Row(
                        line, List.of(), "a quote inside a cell; put the whole cell in quotes and double those inside");
            } else if (!closed) {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return new Row(line, cells, null);
    }

    /** Without its end; cut a little over the limit. */
    private @Nullable String nextLine() throws IOException {
        line++;
        @Nullable String before = ahead.pollFirst();
        if (before != null) {
            return before;
        }
        StringBuilder text = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n' && c != '\r') {
            if (text.length() <= LINE_CHARACTERS_MAX && !(line == 1 && text.isEmpty() && c == '\uFEFF')) {
                text.append((char) c);
            }
            c = in.read();
        }
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
        return text.toString();
    }
}
