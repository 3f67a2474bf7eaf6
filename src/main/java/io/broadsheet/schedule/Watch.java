package io.broadsheet.schedule;

import io.broadsheet.time.Pause;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, every so often, at what other processes may have done to the database: config applied, articles collected, a node gone. Too frequent, and
 * too much of this process alone, for a trigger in the store. Owns one thread, {@code watch}.
 */
public final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private final Duration every;
    private final List<Runnable> looks;
    private final Pause pause = new Pause();
    private final Thread thread = new Thread(this::run, "watch");

    /** @param looks each cheap when there is nothing to see; one that fails is logged and tried again the next time */
    public Watch(Duration every, List<Runnable> looks) {
        this.every = every;
        this.looks = List.copyOf(looks);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        do {
            looks.forEach(this::look);
        } while (!pause.stoppedWithin(every));
    }

    private void look(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("watching failed; it is tried again");
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
