package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.delivery.JournalStore.Outcome;
import io.broadsheet.error.OutsideError;
import io.broadsheet.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each step of each mail durable: one thread with one connection takes what has gathered, writes it in one commit, and only then lets the
 * workers go on. So a commit's cost is shared by all connections. Safe for several threads, because they only meet it at a queue.
 *
 * <p>When the database is gone, or a commit's fate is in doubt, it writes the same again until it can, and whoever waits for it waits: nothing goes
 * out meanwhile. Each change names the state and the try it comes from, so writing it twice does no harm, not even when another journal's worker has the
 * mail by then.
 */
final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final int TOGETHER_MAX = 1_000;
    /** Two changes a connection can wait here at most; a full queue makes the worker wait, which is right. */
    private static final int WAITING_MAX = 4_000;

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final JournalStore store;
    private final BlockingQueue<Ticket> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private final Pause closing = new Pause();
    private final Pause abandoned = new Pause();

    /** @param number which of this process's journals it is, from 0; for the name of its thread */
    Journal(Database database, Clock clock, long node, int number) {
        this.store = new JournalStore(database, clock, node);
        this.thread = new Thread(this::run, "delivery-journal-" + number);
    }

    void start() {
        thread.start();
    }

    /** Hands over changes that are to be committed together, in order. Answers at once. */
    Ticket put(List<Change> changes) {
        Ticket ticket = new Ticket(changes);
        try {
            boolean taken = false;
            while (!taken && !abandoned.isStopped()) {
                taken = waiting.offer(ticket, LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ticket.abandon();
        }
        if (abandoned.isStopped()) {
            ticket.abandon();
        }
        return ticket;
    }

    /** Writes what was handed over, then ends. What can't be written within the grace is given up, and its waiters are told. */
    void close(Duration grace) {
        closing.stop();
        try {
            thread.join(Math.max(1, grace.toMillis()));
            abandoned.stop();
            thread.join();
        } catch (InterruptedException e) {
            abandoned.stop();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(PAUSE_MAX);
    }

    private void run() {
        try {
            while (!abandoned.isStopped()) {
                Ticket first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    write(gather(first));
                } else if (closing.isStopped()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the delivery journal died; restart to send on");
        } finally {
            abandoned.stop();
            Ticket left = waiting.poll();
            while (left != null) {
                left.abandon();
                left = waiting.poll();
            }
            store.close();
        }
    }

    /** What waits, up to a mail that changes a second time: that is for the next commit, since a commit's changes are written kind by kind. */
    private List<Ticket> gather(Ticket first) {
        List<Ticket> tickets = new ArrayList<>();
        Set<Ref> refs = new HashSet<>();
        @Nullable Ticket next = first;
        while (next != null) {
            tickets.add(next);
            next.changes.forEach(change -> refs.add(change.ref()));
            @Nullable Ticket following = tickets.size() < TOGETHER_MAX ? waiting.peek() : null;
            boolean again =
                    following != null && following.changes.stream().anyMatch(change -> refs.contains(change.ref()));
            next = again || following == null ? null : waiting.poll();
        }
        return tickets;
    }

    private void write(List<Ticket> tickets) {
        List<Change> changes = new ArrayList<>();
        tickets.forEach(ticket -> changes.addAll(ticket.changes));
        try {
            List<Outcome> outcomes = committed(changes);
            int at = 0;
            for (Ticket ticket : outcomes.isEmpty() ? List.<Ticket>of() : tickets) {
                ticket.complete(outcomes.subList(at, at + ticket.changes.size()));
                at += ticket.changes.size();
            }
        } finally {
            tickets.forEach(Ticket::abandon);
        }
    }

    /** Repeats until it is committed; empty when the process ends before. */
    private List<Outcome> committed(List<Change> changes) {
        Duration pause = PAUSE_MIN;
        boolean repeated = false;
        while (true) {
            try {
                List<Outcome> outcomes = store.commit(changes, repeated);
                if (repeated) {
                    log.atInfo().log("delivery goes on: the database takes records again");
                }
                return outcomes;
            } catch (OutsideError e) {
                if (!repeated) {
                    log.atWarn().log("delivery holds until its records are written: {}", e.getMessage());
                }
                repeated = true;
                if (abandoned.stoppedWithin(pause)) {
                    return List.of();
                }
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
            }
        }
    }

    /** Changes on their way into one commit. Safe for several threads, because its latch orders what they see. */
    static final class Ticket {
        private final List<Change> changes;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile List<Outcome> outcomes = List.of();

        private Ticket(List<Change> changes) {
            this.changes = List.copyOf(changes);
        }

        /**
         * Waits until they are durable.
         *
         * @return one outcome a change, in order; empty when the process ends before they are written
         */
        List<Outcome> await() {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        done.await();
                        return outcomes;
                    } catch (InterruptedException e) {
                        // The record decides whether the dot may go out: whoever waits for it can't leave before it is
                        // known.
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        boolean isDone() {
            return done.getCount() == 0;
        }

        private void complete(List<Outcome> all) {
            outcomes = List.copyOf(all);
            done.countDown();
        }

        private void abandon() {
            done.countDown();
        }
    }
}
