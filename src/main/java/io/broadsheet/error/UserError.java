package io.broadsheet.error;

import java.util.List;

/**
 * What was asked cannot be done as asked: bad config, an unknown name, a wrong state. The command line exits with 2, HTTP answers 4xx, and no
 * stack trace is shown.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> lines;

    /** @param line what, where, why and the mend, in one line and in the reader's words: {@code where: what; mend} */
    public UserError(String line) {
        this(List.of(line));
    }

    /** @param lines one or more errors, each as the one-line form says; all are shown */
    public UserError(List<String> lines) {
        super(String.join("\n", lines));
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no line");
        }
        this.lines = List.copyOf(lines);
    }

    /** What the reader is shown, one error a line. */
    public List<String> lines() {
        return lines;
    }
}
