package io.broadsheet.delivery;

import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the mail server can be reached. It is away when a connection fails and no other stands; then one probe at a time is made, after pauses
 * that grow up to a minute. Said once, not with each probe. Safe for several threads.
 */
final class Reach {
    private static final Logger log = LoggerFactory.getLogger(Reach.class);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private int connections;
    private int failures;
    private @Nullable String why;
    private @Nullable Stopwatch sinceFailure;

    synchronized void connected() {
        connections++;
        if (failures > 0) {
            log.atInfo().addKeyValue("failures", failures).log("the mail server lets us in again");
        }
        failures = 0;
        why = null;
        sinceFailure = null;
    }

    synchronized void disconnected() {
        connections--;
    }

    /** @param line the error, with its mend */
    synchronized void failed(String line) {
        // Connections that fail side by side are one failure.
        if (connections > 0 || !mayProbe()) {
            return;
        }
        if (failures == 0) {
            log.atWarn().log("nothing is delivered for now, and all stays queued: {}", line);
        }
        failures++;
        why = line;
        sinceFailure = Stopwatch.start();
    }

    /** Whether no connection stands and the last that was tried failed. */
    synchronized boolean isAway() {
        return failures > 0;
    }

    /** How often in a row it could not be reached; 0 when it can, as far as we know. */
    synchronized int failures() {
        return failures;
    }

    /** Why it can't be reached; absent when it can. */
    synchronized @Nullable String why() {
        return why;
    }

    /** Whether the next probe may be made. */
    synchronized boolean mayProbe() {
        Stopwatch since = sinceFailure;
        return since == null || since.elapsed().compareTo(pause(failures)) >= 0;
    }

    /** 1 s, 2 s, 4 s … up to a minute. */
    static Duration pause(int failures) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(6, Math.max(0, failures - 1)));
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
