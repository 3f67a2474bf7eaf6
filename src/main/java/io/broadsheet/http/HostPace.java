package io.broadsheet.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps requests to one host apart, so that many sources of one host are no burden to it, and away from one that asked to be left alone. Safe for several
 * threads, because they take turns.
 */
final class HostPace {
    /** Beyond this the one longest unheard of is forgotten: memory is bounded, however many hosts there are. */
    private static final int HOSTS_MAX = 10_000;

    private static final Duration HELD_MAX = Duration.ofDays(1);

    private final long apartNanos;
    private final LongSupplier nanos;
    private final Map<String, Long> free = new Moments();
    private final Map<String, Long> held = new Moments();
    private final Map<String, Long> asked = new Moments();

    /**
     * @param apart from the beginning of one request to that of the next
     * @param nanos a clock that only ever moves on
     */
    HostPace(Duration apart, LongSupplier nanos) {
        this.apartNanos = apart.toNanos();
        this.nanos = nanos;
    }

    private static final class Moments extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1L;

        Moments() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > HOSTS_MAX;
        }
    }

    /** The host asked not to be asked again for so long ({@code Retry-After}, RFC 9110 section 10.2.3); it counts up to a day. */
    synchronized void hold(String host, Duration time) {
        held.put(host, nanos.getAsLong() + (time.compareTo(HELD_MAX) > 0 ? HELD_MAX : time).toNanos());
    }

    /** How long the host is still to be left alone; zero when it may be asked. */
    synchronized Duration heldFor(String host) {
        Long until = held.get(host);
        long left = until == null ? 0 : until - nanos.getAsLong();
        if (left <= 0) {
            held.remove(host);
            return Duration.ZERO;
        }
        return Duration.ofNanos(left);
    }

    /** The host itself wants its requests this far apart from now on, where that is more than ours; zero takes the wish back. */
    synchronized void wish(String host, Duration apart) {
        if (apart.isZero()) {
            asked.remove(host);
        } else {
            asked.put(host, apart.toNanos());
        }
    }

    /**
     * Takes the next free moment of this host; answers how long it is until then.
     *
     * @param hurried whether our own delay is lifted for it; its own wish holds all the same
     */
    synchronized Duration take(String host, boolean hurried) {
        long now = nanos.getAsLong();
        long apart = Math.max(hurried ? 0 : apartNanos, asked.getOrDefault(host, 0L));
        if (apart == 0) {
            return Duration.ZERO;
        }
        Long next = free.get(host);
        long begin = next == null || next - now < 0 ? now : next;
        free.put(host, begin + apart);
        return Duration.ofNanos(begin - now);
    }
}
