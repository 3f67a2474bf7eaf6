package io.broadsheet.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Keeps requests to one host apart, so that many sources of one host are no burden to it. Safe for several threads, because they take turns. */
final class HostPace {
    /** Beyond this the one longest unheard of is forgotten: memory is bounded, however many hosts there are. */
    private static final int HOSTS_MAX = 10_000;

    private final long apartNanos;
    private final LongSupplier nanos;
    private final Map<String, Long> free = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > HOSTS_MAX;
        }
    };

    /**
     * @param apart from the beginning of one request to that of the next
     * @param nanos a clock that only ever moves on
     */
    HostPace(Duration apart, LongSupplier nanos) {
        this.apartNanos = apart.toNanos();
        this.nanos = nanos;
    }

    /** Takes the next free moment of this host; answers how long it is until then. */
    synchronized Duration take(String host) {
        long now = nanos.getAsLong();
        Long next = free.get(host);
        long begin = next == null || next - now < 0 ? now : next;
        free.put(host, begin + apartNanos);
        return Duration.ofNanos(begin - now);
    }
}
