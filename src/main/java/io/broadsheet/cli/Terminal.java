package io.broadsheet.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Where the command line reads and writes, and what can be done there. Output is UTF-8 whatever the locale says, because JSON is.
 *
 * <p>Which streams are a terminal the launcher tells in the system property {@code broadsheet.terminal} (digits of {@code 0}, {@code 1}, {@code 2}),
 * because a JVM of Java 17 cannot: it knows only whether both input and output are one.
 */
final class Terminal {
    private static final int WIDTH_DEFAULT = 80;
    private static final int WIDTH_MIN = 40;
    private static final int WIDTH_MAX = 120; // longer lines are hard to read
    private static final int LINES_TOLD_MAX = 20;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final String terminals;
    private final int width;
    private final boolean colours;

    private Terminal(InputStream in, PrintStream out, PrintStream err, String terminals, int width, boolean colours) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminals = terminals;
        this.width = width;
        this.colours = colours;
    }

    /** The streams of this process. */
    static Terminal ofProcess() {
        String told = System.getProperty("broadsheet.terminal");
        String terminals = told != null ? told : System.console() != null ? "012" : "";
        String columns = System.getProperty("broadsheet.columns", "");
        int width = columns.matches("[1-9][0-9]{1,3}")
                ? Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, Integer.parseInt(columns)))
                : WIDTH_DEFAULT;
        String noColour = System.getenv("NO_COLOR");
        boolean colours = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                System.in,
                utf8(new FileOutputStream(FileDescriptor.out)),
                utf8(new FileOutputStream(FileDescriptor.err)),
                terminals,
                width,
                colours);
    }

    /** Streams that are no terminal, such as a pipe. */
    static Terminal piped(OutputStream out, OutputStream err) {
        return new Terminal(InputStream.nullInputStream(), utf8(out), utf8(err), "", WIDTH_DEFAULT, false);
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** Results. */
    PrintStream out() {
        return out;
    }

    /** Results in bulk: buffered until it is flushed or closed, which leaves the stream open. */
    Writer writer() {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** All else. */
    PrintStream err() {
        return err;
    }

    /** Whether somebody is there to answer a question. */
    boolean answers() {
        return terminals.contains("0") && terminals.contains("2");
    }

    /** Whether standard error is watched by somebody, so that a bar may move there. */
    boolean isWatched() {
        return terminals.contains("2");
    }

    boolean hasColours() {
        return colours && terminals.contains("1");
    }

    /** Columns of text, 40 to 120. */
    int width() {
        return width;
    }

    /** One line to whoever runs the command: {@code broadsheet: …}. */
    void tell(String line) {
        err.println("broadsheet: " + line);
    }

    /** Many lines to whoever runs the command: the first of them, since a screen shows no more, and how many others there are. */
    void tellAll(List<String> lines, String rest) {
        lines.stream().limit(LINES_TOLD_MAX).forEach(this::tell);
        if (lines.size() > LINES_TOLD_MAX) {
            tell("and " + (lines.size() - LINES_TOLD_MAX) + " more" + rest);
        }
    }

    /** Asks a question that only {@code y} or {@code yes} answers with yes. */
    boolean agrees(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
