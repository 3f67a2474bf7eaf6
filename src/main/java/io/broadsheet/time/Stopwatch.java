package io.broadsheet.time;

import java.time.Duration;

/** Measures elapsed time, which no clock step disturbs. Used by one thread. */
public final class Stopwatch {
    private final long startedNanos = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Elapsed whole milliseconds, for log fields named {@code took-ms}. */
    public long ms() {
        return elapsed().toMillis();
    }
}
