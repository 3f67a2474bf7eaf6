package io.broadsheet.delivery;

import io.broadsheet.config.Rate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast one sender may send to one provider, or to all. A rate is kept by the generic cell rate algorithm: each message has an instant before which
 * it may not start, and being late gives half a second's worth back, no more. A provider that asks to be left alone is left alone, for pauses that
 * double up to an hour, and then gets half of what it got before, and more again minute by minute. Used under its owner's lock.
 */
final class Pace {
    private static final long BURST_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration PAUSE_MAX = Duration.ofHours(1);
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();
    /** One a minute: below that a provider could not be seen to let us in again. */
    private static final long CAP_MIN = 60;

    private static final double RECOVERY = 1.5;

    private final @Nullable Rate rate;
    private final @Nullable Integer connections;
    private final Duration firstPause;

    private long nextNanos = Long.MIN_VALUE;
    private @Nullable Long hourlyCap;
    private int slowed;
    private @Nullable Instant until;
    private Instant raisedAt = Instant.MIN;
    private Instant windowStart = Instant.MIN;
    private long inWindow;
    private long inWindowBefore;
    private boolean changed;

    /**
     * @param rate absent: none configured
     * @param connections at once; absent: as many as the sender has
     * @param firstPause after the first request to slow down; each that follows without a message accepted between doubles it
     */
    Pace(@Nullable Rate rate, @Nullable Integer connections, Duration firstPause) {
        this.rate = rate;
        this.connections = connections;
        this.firstPause = firstPause;
    }

    /** What outlives a restart. */
    record Kept(
            long nextMs,
            @Nullable Long hourlyCap,
            int slowed,
            @Nullable Instant until) {}

    void restore(Kept kept) {
        nextNanos = Math.multiplyExact(kept.nextMs(), 1_000_000L);
        hourlyCap = kept.hourlyCap();
        slowed = kept.slowed();
        until = kept.until();
    }

    Kept kept() {
        long nextMs = nextNanos == Long.MIN_VALUE ? 0 : Math.floorDiv(nextNanos, 1_000_000L);
        return new Kept(nextMs, hourlyCap, slowed, until);
    }

    /** Whether it changed since it was asked last, in what outlives a restart. */
    boolean takeChanged() {
        boolean was = changed && (isLimited() || slowed > 0);
        changed = false;
        return was;
    }

    /** Whether it may ever say no. */
    boolean isLimited() {
        return rate != null || connections != null || isTroubled();
    }

    /** Whether the provider asked to be left alone, and has not yet got back to its full pace. */
    boolean isTroubled() {
        return hourlyCap != null || slowed > 0;
    }

    /** How many connections may carry its messages now. */
    int connections() {
        if (slowed > 0) {
            return 1; // until one is accepted, one at a time finds out
        }
        return connections == null ? Integer.MAX_VALUE : connections;
    }

    /** Since when, or from when on, the next message may start. */
    Instant readyAt(int share) {
        Instant ready = Instant.EPOCH;
        long interval = interval(share);
        if (interval > 0 && nextNanos != Long.MIN_VALUE) {
            ready = instant(nextNanos - Math.max(interval, BURST_NANOS) + interval);
        }
        Instant waits = until;
        return waits != null && waits.isAfter(ready) ? waits : ready;
    }

    /** How many messages may start within that time, as far as the rate goes. */
    int within(Duration time, int share) {
        long interval = interval(share);
        return interval == 0
                ? Integer.MAX_VALUE
                : (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toNanos() / interval));
    }

    void started(Instant now, int share) {
        long interval = interval(share);
        if (interval > 0) {
            long at = nanos(now);
            nextNanos = (nextNanos == Long.MIN_VALUE ? at : Math.max(nextNanos, at)) + interval;
            changed = true;
        }
        roll(now);
        inWindow++;
    }

    void accepted(Instant now) {
        if (slowed > 0) {
            slowed = 0;
            until = null;
            raisedAt = now;
            changed = true;
        }
        Long cap = hourlyCap;
        if (cap != null && Duration.between(raisedAt, now).compareTo(WINDOW) >= 0) {
            raisedAt = now;
            changed = true;
            long raised = (long) Math.ceil(cap * RECOVERY);
            // A cap that is never reached says nothing any more.
            boolean reached = perHour(now) * 2 >= cap;
            hourlyCap = isOverConfigured(raised) || !reached ? null : (Long) raised;
        }
    }

    /** The provider asked to be sent less; answers until when it is left alone. */
    Instant slowDown(Instant now) {
        Instant waits = until;
        // Connections that are told so side by side are told once.
        if (slowed == 0 || waits == null || !now.isBefore(waits)) {
            long observed = perHour(now);
            long before = hourlyCap == null ? observed : Math.min(hourlyCap, observed);
            hourlyCap = Math.max(CAP_MIN, before / 2);
            slowed++;
        }
        return pause(now);
    }

    /** It can't be reached: it is left alone as if it had asked for it, but keeps its pace. Answers until when. */
    Instant unreachable(Instant now) {
        slowed++;
        return pause(now);
    }

    private Instant pause(Instant now) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(20, slowed - 1));
        Instant waits = now.plus(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
        until = waits;
        changed = true;
        return waits;
    }

    private boolean isOverConfigured(long cap) {
        return rate != null && cap >= HOUR_NANOS / rate.intervalNanos();
    }

    /** Between two messages, or 0: no rate. */
    private long interval(int share) {
        long configured = rate == null ? 0 : rate.intervalNanos() * share;
        Long cap = hourlyCap;
        return cap == null ? configured : Math.max(configured, HOUR_NANOS / cap * share);
    }

    private long perHour(Instant now) {
        roll(now);
        long ms = Math.max(1_000, Duration.between(windowStart, now).toMillis());
        return Math.max(inWindow * HOUR_NANOS / 1_000_000 / ms, inWindowBefore * 60);
    }

    private void roll(Instant now) {
        if (windowStart.equals(Instant.MIN)
                || Duration.between(windowStart, now).compareTo(WINDOW.multipliedBy(2)) >= 0) {
            windowStart = now;
            inWindow = 0;
            inWindowBefore = 0;
        } else if (Duration.between(windowStart, now).compareTo(WINDOW) >= 0) {
            windowStart = windowStart.plus(WINDOW);
            inWindowBefore = inWindow;
            inWindow = 0;
        }
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
