package io.broadsheet.test;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits on a condition, never for a time. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Eventually() {}

    /** Returns as soon as the condition holds; an AssertionError after 30 s. */
    public static void eventually(String what, Callable<Boolean> condition) {
        eventually(what, DEADLINE, condition);
    }

    /** The same with a deadline of the caller's, for what takes long by its nature. */
    public static void eventually(String what, Duration within, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError("while waiting until " + what, e);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + within.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
