package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that finds work: wakes what waited long enough, takes queued mails in hand a page at a time, hands them to the workers through a short
 * queue, and ends editions that are done. Memory is the same for ten recipients and a million.
 */
final class Claimer implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Claimer.class);
    /** A claim costs one transaction, so it takes many; but what is claimed can't be sent by another node. */
    static final int PAGE = 100;

    private static final int WAKE_MAX = 1_000;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration WAKE_EVERY = Duration.ofMillis(900);
    private static final Duration TAKE_OVER_EVERY = Duration.ofSeconds(2);

    private final Database database;
    private final DeliveryStore deliveries;
    private final OutboxQueueStore outbox;
    private final EditionStore editions;
    private final Clock clock;
    private final TakeOver takeOver;
    private final long node;
    private final SendSettings settings;
    private final Reach reach;
    private final BlockingQueue<Claim> claims;
    private final Pause stopping;
    private final Runnable eachRound;
    private final Semaphore woken = new Semaphore(0);
    /** PostgreSQL plans a claim 150 times too slow right after a bulk insert, until its statistics are gathered. */
    private final Set<EditionId> analyzed = new HashSet<>();

    private @Nullable Stopwatch sinceWake;
    private @Nullable Stopwatch sinceTakeOver;

    Claimer(
            Tables tables,
            TakeOver takeOver,
            SendSettings settings,
            Reach reach,
            BlockingQueue<Claim> claims,
            Pause stopping,
            Runnable eachRound) {
        this.database = tables.database();
        this.deliveries = tables.deliveries();
        this.outbox = tables.outbox();
        this.editions = tables.editions();
        this.clock = tables.clock();
        this.takeOver = takeOver;
        this.node = takeOver.node();
        this.settings = settings;
        this.reach = reach;
        this.claims = claims;
        this.stopping = stopping;
        this.eachRound = eachRound;
    }

    /** Makes it look for work at once. */
    void wake() {
        woken.release();
    }

    @Override
    public void run() {
        boolean failing = false;
        while (!stopping.isStopped()) {
            boolean found = false;
            try {
                eachRound.run();
                found = round();
                failing = false;
            } catch (RuntimeException e) {
                // The database may be gone for a while: said once, and looked again.
                if (!failing) {
                    log.atWarn().setCause(e).log("no work could be claimed; see that the database runs");
                }
                failing = true;
            }
            if (!found && !stopping.isStopped()) {
                rest();
            }
        }
    }

    private void rest() {
        try {
            boolean early = woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            woken.drainPermits();
            log.atTrace().addKeyValue("early", early).log("looks for work");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.stop();
        }
    }

    /** Answers whether anything was claimed. */
    private boolean round() {
        if (isOver(sinceTakeOver, TAKE_OVER_EVERY)) {
            takeOver.fromTheDead();
            sinceTakeOver = Stopwatch.start();
        }
        if (isOver(sinceWake, WAKE_EVERY)) {
            inBatches(tx -> deliveries.wake(tx, WAKE_MAX));
            inBatches(tx -> outbox.wake(tx, WAKE_MAX));
            sinceWake = Stopwatch.start();
        }
        if (!takeOver.mayClaim() || !reach.mayProbe()) {
            return false;
        }
        if (settings.only() != null && reach.failures() >= SendSettings.TRIES_BY_HAND) {
            deferAll(String.valueOf(reach.why()));
            return false;
        }
        // While the server is away one mail at a time finds out whether it still is.
        int page = reach.failures() > 0 ? 1 : PAGE;
        boolean found = handOver(tx -> outbox.claim(tx, node, page));
        for (SendingEdition edition : sending()) {
            if (page == 1 && found) {
                return false;
            }
            boolean some = database.read(tx -> deliveries.hasQueued(tx, edition.id())) && claim(edition, page);
            found |= some;
            if (!some) {
                finish(edition.id());
            }
        }
        return found && page > 1;
    }

    private boolean claim(SendingEdition edition, int page) {
        analyze(edition.id());
        return handOver(tx -> deliveries.claim(tx, edition, node, page));
    }

    /** Editions on their way, the oldest first. */
    private List<SendingEdition> sending() {
        return database.read(editions::unfinished).stream()
                .filter(edition -> edition.state() == Edition.State.SENDING)
                .filter(edition -> settings.only() == null || settings.only().equals(edition.id()))
                .map(edition -> SendingEdition.of(edition, settings.giveUp()))
                .toList();
    }

    private boolean handOver(Function<Tx, List<Claim>> claiming) {
        List<Claim> page = database.write(claiming);
        for (Claim claim : page) {
            try {
                boolean taken = false;
                while (!taken && !stopping.isStopped()) {
                    taken = claims.offer(claim, LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    eachRound.run();
                }
            } catch (InterruptedException e) {
                // What stays claimed is released by the owner's close.
                Thread.currentThread().interrupt();
                stopping.stop();
            }
        }
        return !page.isEmpty();
    }

    private void analyze(EditionId edition) {
        if (analyzed.add(edition)) {
            database.writing(tx -> tx.dialect().analyze(tx, "delivery"));
        }
    }

    private void finish(EditionId edition) {
        boolean unsettled = database.read(tx -> deliveries.isUnsettled(tx, edition));
        if (unsettled || !database.write(tx -> hasEnded(tx, edition))) {
            return;
        }
        analyzed.remove(edition);
        Counts counts = database.read(tx -> deliveries.counts(tx, edition));
        log.atInfo()
                .addKeyValue("edition", edition)
                .addKeyValue("accepted", counts.of(DeliveryState.ACCEPTED))
                .addKeyValue("refused", counts.of(DeliveryState.REFUSED))
                .addKeyValue("suppressed", counts.of(DeliveryState.SUPPRESSED))
                .addKeyValue("held", counts.of(DeliveryState.HELD))
                .log("edition sent");
    }

    /** Looked at again in the transaction that says so. */
    private boolean hasEnded(Tx tx, EditionId edition) {
        ShowEdition.takeTurn(tx, edition);
        return !deliveries.isUnsettled(tx, edition)
                && editions.move(tx, edition, Edition.State.SENDING, Edition.State.SENT, clock.instant());
    }

    private static boolean isOver(@Nullable Stopwatch since, Duration pause) {
        return since == null || since.elapsed().compareTo(pause) >= 0;
    }

    private void deferAll(String why) {
        Instant next = clock.instant().plus(settings.retry().get(0));
        for (SendingEdition edition : sending()) {
            inBatches(tx -> deliveries.defer(tx, edition.id(), why, next, WAKE_MAX));
        }
    }

    private void inBatches(ToIntFunction<Tx> batch) {
        int changed = WAKE_MAX;
        while (changed == WAKE_MAX && !stopping.isStopped()) {
            changed = database.write(batch::applyAsInt);
        }
    }
}
