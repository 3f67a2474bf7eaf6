package io.broadsheet.error;

import org.jspecify.annotations.Nullable;

/** The world failed: a source, a mail server, a disk. The command line exits with 1 or 3, HTTP answers 502 or 503. */
public final class OutsideError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param line what, where, why and the mend, in one line
     * @param retryable whether the same may work later without anybody changing anything
     */
    public OutsideError(String line, boolean retryable, @Nullable Throwable cause) {
        super(line, cause);
        this.retryable = retryable;
    }

    /** Whether the same may work later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}
