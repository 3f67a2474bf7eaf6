package io.broadsheet.edition;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which editions this process could not compose, and when each is worth another try. Safe for several threads. */
final class Failures {
    /** A broken template is mended by a person: whoever looks each half second would write and drop a million rows for nothing meanwhile. */
    private static final Duration PAUSE_FIRST = Duration.ofMinutes(1);

    private static final int PAUSES_MAX = 15;

    private record Failed(int times, Instant next) {}

    private final Map<EditionId, Failed> failed = new HashMap<>();

    synchronized boolean mayTry(EditionId edition, Instant now) {
        Failed before = failed.get(edition);
        return before == null || !now.isBefore(before.next());
    }

    synchronized void add(EditionId edition, Instant now) {
        Failed before = failed.get(edition);
        int times = before == null ? 1 : Math.min(PAUSES_MAX, before.times() + 1);
        failed.put(edition, new Failed(times, now.plus(PAUSE_FIRST.multipliedBy(times))));
    }

    synchronized void remove(EditionId edition) {
        failed.remove(edition);
    }
}
