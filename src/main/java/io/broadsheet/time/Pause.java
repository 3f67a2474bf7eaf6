package io.broadsheet.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The one place that waits: a wait that ends at once when its owner stops. Safe for several threads, because a latch is. */
public final class Pause {
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Waits, and answers whether it was stopped meanwhile (or before); an interrupt counts as a stop and stays set. */
    public boolean stoppedWithin(Duration wait) {
        try {
            return stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Wakes every waiter, now and for ever. */
    public void stop() {
        stopped.countDown();
    }
}
