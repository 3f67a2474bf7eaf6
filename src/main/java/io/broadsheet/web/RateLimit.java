package io.broadsheet.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many times in so long for each key. Safe for several threads, because they take turns. */
public final class RateLimit {
    /** Beyond this the one longest unheard of is forgotten: memory is bounded, whoever asks. */
    private static final int KEYS_MAX = 10_000;

    private final Clock clock;
    private final int times;
    private final Duration window;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > KEYS_MAX;
        }
    };

    public RateLimit(Clock clock, int times, Duration window) {
        this.clock = clock;
        this.times = times;
        this.window = window;
    }

    /** Counts this one, and answers whether it is within the limit. */
    public synchronized boolean admits(String key) {
        Instant now = clock.instant();
        Window current = windows.get(key);
        if (current == null || !now.isBefore(current.began.plus(window)) || now.isBefore(current.began)) {
            current = new Window(now, 0);
        }
        windows.put(key, new Window(current.began, current.count + 1));
        return current.count < times;
    }

    /** How long a count lasts. */
    public Duration window() {
        return window;
    }

    private record Window(Instant began, int count) {}
}
