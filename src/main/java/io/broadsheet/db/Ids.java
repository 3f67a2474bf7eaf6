package io.broadsheet.db;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * Makes row ids: positive 63-bit numbers that grow with time. 41 bits are milliseconds since 2024, 10 the process (drawn at start), 12 a count, so
 * that processes side by side don't meet. Safe for several threads.
 */
public final class Ids {
    private static final long EPOCH_MS = 1_704_067_200_000L;
    private static final int PROCESS_BITS = 10;
    private static final int COUNT_BITS = 12;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final Clock clock;
    private final long process = new SecureRandom().nextInt(1 << PROCESS_BITS);
    private long ticks;

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** A number that no other call, here or in another process, answers. A clock that steps back, or a burst, borrows from the time to come. */
    public synchronized long next() {
        long now = Math.max(0, clock.millis() - EPOCH_MS) << COUNT_BITS;
        ticks = Math.max(ticks + 1, now);
        return ((ticks >>> COUNT_BITS) << (PROCESS_BITS + COUNT_BITS)) | (process << COUNT_BITS) | (ticks & COUNT_MASK);
    }

    /** The smallest number that {@link #next} answers from an instant on. */
    public static long from(Instant instant) {
        return Math.max(0, instant.toEpochMilli() - EPOCH_MS) << (COUNT_BITS + PROCESS_BITS);
    }
}
