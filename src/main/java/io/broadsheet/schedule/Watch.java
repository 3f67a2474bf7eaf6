package io.broadsheet.schedule;

import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, every so often, at what other processes may have done to the database: config applied, articles collected, a node gone. Too frequent, and
 * too much of this process alone, for a trigger in the store. Owns one thread, {@code watch}.
 */
public final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    private final Duration every;
    private final List<Look> looks;
    private final Pause pause = new Pause();
    private final Thread thread = new Thread(this::run, "watch");

    /** @param looks each cheap when there is nothing to see; one that fails is logged and tried again after pauses that grow up to half a minute */
    public Watch(Duration every, List<Runnable> looks) {
        this.every = every;
        this.looks = looks.stream().map(Look::new).toList();
    }

    public void start() {
        thread.start();
    }

    private void run() {
        do {
            looks.forEach(Look::run);
        } while (!pause.stoppedWithin(every));
    }

    /** Used by the watch's thread alone. */
    private static final class Look {
        private final Runnable look;
        private Duration pause = PAUSE_FIRST;
        private @Nullable Stopwatch sinceFailure;

        Look(Runnable look) {
            this.look = look;
        }

        void run() {
            if (sinceFailure != null && sinceFailure.elapsed().compareTo(pause) < 0) {
                return;
            }
            try {
                look.run();
                sinceFailure = null;
                pause = PAUSE_FIRST;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("watching failed; it is tried again");
                boolean again = sinceFailure != null;
                sinceFailure = Stopwatch.start();
                Duration longer = again ? pause.multipliedBy(2) : pause;
                pause = longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
            }
        }
    }

    /** Looks no more, and waits for the look under way. */
    @Override
    public void close() {
        pause.stop();
        try {
            thread.join(STOP_DEADLINE.toMillis());
            if (thread.isAlive()) {
                log.warn("the watch did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
