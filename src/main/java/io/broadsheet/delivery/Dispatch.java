package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings;
import io.broadsheet.db.Database;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.edition.Letters;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is queued, from {@link #start} to {@link #close}: a claimer, the journals, and one worker for each SMTP connection. Owns their threads.
 */
public final class Dispatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** After the grace, connections are broken off; what that leaves is written within this. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final TakeOver takeOver;
    private final Runnable abandon = this::abandon;
    private final List<Journal> journals;
    private final Pause stopping = new Pause();
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final Claimer claimer;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended;
    private volatile boolean started;

    public Dispatch(
            Database database,
            Clock clock,
            SendSettings settings,
            DeliveryStore deliveries,
            EditionStore editions,
            NewsletterStore newsletters,
            Letters letters,
            TakeOver takeOver,
            SenderRoutes routes) {
        this(
                new Tables(database, clock, deliveries, new OutboxQueueStore(clock, settings.giveUp()), editions),
                settings,
                new EditionMessages(database, newsletters, letters),
                takeOver,
                routes);
    }

    Dispatch(Tables tables, SendSettings settings, Messages messages, TakeOver takeOver, SenderRoutes routes) {
        this.takeOver = takeOver;
        this.journals = IntStream.range(0, tables.database().dialect().journals())
                .mapToObj(number -> new Journal(tables.database(), tables.clock(), takeOver.node(), number))
                .toList();
        for (SenderSettings sender : settings.senders()) {
            Lanes lanes =
                    new Lanes(tables.clock(), sender, settings.zone(), settings.firstPause(), this::share, this::wake);
            outgoing.add(new Outgoing(sender, lanes, routes.of(sender, lanes.providers())));
        }
        this.claimer = new Claimer(tables, takeOver, settings, outgoing, this::giveBack, stopping, this::watch);
        Judge judge = new Judge(tables.clock(), settings.retry());
        Welcome welcome = new Welcome(tables.database(), tables.editions());
        threads.add(new Thread(() -> guarded(claimer), "delivery-claimer"));
        for (Outgoing one : outgoing) {
            for (int number = 0; number < one.settings().connections(); number++) {
                Journal journal = journals.get(workers.size() % journals.size());
                Worker worker =
                        new Worker(one, journal, messages, judge, welcome, stopping, takeOver::maySend, claimer::wake);
                workers.add(worker);
                threads.add(new Thread(() -> guarded(worker), "delivery-" + workers.size()));
            }
        }
        this.ended = new CountDownLatch(threads.size());
    }

    private int share() {
        return claimer.share();
    }

    private void giveBack(Claim claim) {
        journals.get(0)
                .put(List.of(
                        Change.of(claim.ref(), claim.attempts(), DeliveryState.CLAIMED, DeliveryState.QUEUED, null)));
    }

    /** Once, and before {@link #close}. */
    public void start() {
        started = true;
        takeOver.whenAdrift(abandon);
        claimer.restorePaces();
        journals.forEach(Journal::start);
        threads.forEach(Thread::start);
    }

    /** Makes it look for work at once. */
    public void wake() {
        claimer.wake();
    }

    /** Why nothing is delivered for now, such as a mail server that is away; absent when nothing hinders. */
    public @Nullable String hindrance() {
        return outgoing.stream()
                .map(one -> one.reach().why())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Breaks off what is on the wire: others may soon take this process for dead, and send it. It goes on when that has passed. */
    public void abandon() {
        workers.forEach(Worker::abort);
    }

    private void watch() {
        workers.forEach(Worker::watch);
    }

    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a delivery thread died; restart to send at full speed");
        } finally {
            ended.countDown();
        }
    }

    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Stops claiming, lets the messages in flight end, writes their replies, and gives back what was claimed and not begun. After the grace the
     * connections are broken off.
     */
    public void close(Duration grace) {
        Stopwatch since = Stopwatch.start();
        if (stopping.isStopped()) {
            return;
        }
        stopping.stop();
        if (!started) {
            return; // nothing is in flight, and no thread would say that it ended
        }
        claimer.wake();
        boolean orderly = endedWithin(grace);
        if (!orderly) {
            log.atWarn().addKeyValue("grace", grace).log("messages in flight took too long, and are broken off");
            workers.forEach(Worker::abort);
        }
        for (Journal journal : journals) {
            Duration left = grace.minus(since.elapsed());
            journal.close(left.compareTo(LAST) < 0 ? LAST : left);
        }
        boolean all = endedWithin(LAST);
        takeOver.forgetAbout(abandon);
        claimer.savePaces();
        takeOver.fromOurselves();
        log.atInfo()
                .addKeyValue("took-ms", since.ms())
                .log(all ? "delivery stopped" : "delivery stopped, with a thread that did not end");
    }

    private boolean endedWithin(Duration time) {
        try {
            return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
