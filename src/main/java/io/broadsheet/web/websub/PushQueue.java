package io.broadsheet.web.websub;

import io.broadsheet.article.TakePush;
import io.broadsheet.source.AnswerHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hubs pushed and nobody has worked through yet. Owns one thread, {@code push}, which takes in one after the other and then sees to what
 * follows. What it can't hold, or loses by a kill, is had by a visit to the source. Safe for several threads, which take turns.
 */
public final class PushQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PushQueue.class);

    /** In memory at once; with more waiting, a visit for each source brings it all. */
    private static final long OCTETS_MAX = 16L << 20;

    private static final int PUSHES_MAX = 1_000;
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private final TakePush takePush;
    private final AnswerHub answerHub;
    private final Clock clock;
    private final Runnable followUp;
    private final Runnable visitSoon;
    private final Thread thread = new Thread(this::run, "push");

    private final Deque<Push> waiting = new ArrayDeque<>();
    private long octets;
    private boolean changed;
    private boolean stopped;

    /** @param came after it was promised */
    private record Push(
            long subscription, byte[] body, @Nullable String contentType, Instant came) {}

    /**
     * @param followUp what is done when articles came, such as building feeds; other ways lead there too, so it may fail
     * @param visitSoon has the sources that are due visited now
     */
    public PushQueue(TakePush takePush, AnswerHub answerHub, Clock clock, Runnable followUp, Runnable visitSoon) {
        this.clock = clock;
        this.takePush = takePush;
        this.answerHub = answerHub;
        this.followUp = followUp;
        this.visitSoon = visitSoon;
    }

    public void start() {
        thread.start();
    }

    /** Has a push taken in soon. */
    void add(long subscription, byte[] body, @Nullable String contentType) {
        synchronized (this) {
            if (!stopped && waiting.size() < PUSHES_MAX && octets + body.length <= OCTETS_MAX) {
                waiting.add(new Push(subscription, body, contentType, clock.instant()));
                octets += body.length;
                notifyAll();
                return;
            }
        }
        visitInstead(subscription);
    }

    /** Articles came by another door: what follows is seen to at once. */
    public synchronized void articlesCame() {
        changed = true;
        notifyAll();
    }

    /** Has the source visited, since its push can't be taken. */
    void visitInstead(long subscription) {
        answerHub.visitInstead(subscription);
        visitSoon.run();
    }

    private void run() {
        try {
            while (awaitWork()) {
                Push push = next();
                try {
                    if (push == null) {
                        followUp.run();
                    } else if (takePush.take(push.subscription(), push.body(), push.contentType(), push.came())) {
                        articlesCame();
                    } else {
                        visitInstead(push.subscription());
                    }
                } catch (RuntimeException e) {
                    // A push stays owed, and is had by a visit; what follows is seen to by the next look at articles.
                    log.atError()
                            .setCause(e)
                            .log(
                                    push == null
                                            ? "what follows new articles failed; it is tried again"
                                            : "a push could not be worked through; the source's next visit brings it");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        while (!stopped && waiting.isEmpty() && !changed) {
            wait();
        }
        return !stopped;
    }

    /** The next push; null when all are taken in, and what follows is to be seen to. */
    private synchronized @Nullable Push next() {
        Push push = waiting.poll();
        if (push == null) {
            changed = false;
        } else {
            octets -= push.body().length;
        }
        return push;
    }

    /** Finishes the push in hand; those that wait stay owed. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            thread.join(STOP_DEADLINE.toMillis());
            if (thread.isAlive()) {
                log.warn("a push was not taken in in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
