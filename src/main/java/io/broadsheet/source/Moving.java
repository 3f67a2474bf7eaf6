package io.broadsheet.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place to which a source says that it moved for good (301 or 308, RFC 9110 §15.4.2 and §15.4.9), not taken for its own yet: login pages, parked
 * domains and mistakes of an hour say the same.
 *
 * @param url where it says it is
 * @param since the first visit that was sent there
 * @param visits in a row that were sent there, and nowhere else
 */
public record Moving(String url, Instant since, int visits) {
    private static final int VISITS_MIN = 3;
    private static final Duration LEAST = Duration.ofDays(1);

    /** @param before what was said at the visits before; absent when nothing was */
    static Moving seen(@Nullable Moving before, String url, Instant now) {
        return before != null && before.url.equals(url)
                ? new Moving(url, before.since, before.visits + 1)
                : new Moving(url, now, 1);
    }

    /** Whether it was said often and long enough. */
    boolean isProven(Instant now) {
        return visitsLeft() == 0 && !now.isBefore(earliest());
    }

    /** How many more visits must be sent there before it is believed. */
    int visitsLeft() {
        return Math.max(0, VISITS_MIN - visits);
    }

    /** A visit before this does not prove it, however often it was said. */
    Instant earliest() {
        return since.plus(LEAST);
    }
}
