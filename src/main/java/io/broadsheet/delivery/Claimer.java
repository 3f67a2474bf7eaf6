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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that finds work: wakes what waited long enough, takes queued mails in hand a page at a time, hands them to the workers through the
 * lanes of their sender, and ends editions that are done. Memory is the same for ten recipients and a million.
 */
final class Claimer implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Claimer.class);
    /** A claim costs one transaction, so it takes many; but what is claimed can't be sent by another node. */
    static final int PAGE = 300;

    private static final int WAKE_MAX = 1_000;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration WAKE_EVERY = Duration.ofMillis(900);
    private static final Duration SHARE_EVERY = Duration.ofSeconds(5);
    private static final Duration PACES_EVERY = Duration.ofSeconds(1);
    /** Behind a domain's name: after it, and before every other. */
    private static final String NEXT = "!";

    private static final Duration TAKE_OVER_EVERY = Duration.ofSeconds(2);

    private final Database database;
    private final DeliveryStore deliveries;
    private final ClaimStore claims;
    private final OutboxQueueStore outbox;
    private final EditionStore editions;
    private final PaceStore paces;
    private final Clock clock;
    private final TakeOver takeOver;
    private final long node;
    private final SendSettings settings;
    private final List<Outgoing> outgoing;
    private final Consumer<Claim> giveBack;
    private final Pause stopping;
    private final Runnable eachRound;
    private final Semaphore woken = new Semaphore(0);
    /** PostgreSQL plans a claim 150 times too slow right after a bulk insert, until its statistics are gathered. */
    private final Set<EditionId> analyzed = new HashSet<>();
    /** After which domain the next page of an edition begins, so that each gets its turn. */
    private final Map<EditionId, String> places = new HashMap<>();

    /** Of the page that was claimed last. */
    private @Nullable String lastDomain;

    private @Nullable Stopwatch sinceWake;
    private @Nullable Stopwatch sinceTakeOver;
    private @Nullable Stopwatch sincePaces;
    private @Nullable Stopwatch sinceShare;
    private volatile int share = 1;

    /** @param giveBack puts a claim back into the queue */
    Claimer(
            Tables tables,
            TakeOver takeOver,
            SendSettings settings,
            List<Outgoing> outgoing,
            Consumer<Claim> giveBack,
            Pause stopping,
            Runnable eachRound) {
        this.database = tables.database();
        this.deliveries = tables.deliveries();
        this.claims = new ClaimStore(tables.clock());
        this.outbox = tables.outbox();
        this.editions = tables.editions();
        this.clock = tables.clock();
        this.paces = new PaceStore(clock);
        this.takeOver = takeOver;
        this.node = takeOver.node();
        this.settings = settings;
        this.outgoing = outgoing;
        this.giveBack = giveBack;
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
            if ((!found || !hasRoom()) && !stopping.isStopped()) {
                rest();
            }
        }
    }

    /** Whether another page could be claimed at once; else the lanes say when there is room. */
    private boolean hasRoom() {
        return outgoing.stream().anyMatch(sender -> sender.room() > 0);
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
        if (!takeOver.mayClaim()) {
            return false;
        }
        if (isOver(sincePaces, PACES_EVERY)) {
            savePaces();
            sincePaces = Stopwatch.start();
        }
        if (isOver(sinceShare, SHARE_EVERY)) {
            share = takeOver.delivering();
            sinceShare = Stopwatch.start();
        }
        List<SendingEdition> sending = sending();
        takeBack(sending);
        if (settings.only() != null && isAwayForGood()) {
            deferAll(sending, String.valueOf(outgoing.get(0).reach().why()));
            return false;
        }
        boolean found = claimOutbox();
        for (SendingEdition edition : sending) {
            if (!database.read(tx -> claims.hasQueued(tx, edition.id()))) {
                finish(edition.id());
                continue;
            }
            for (Outgoing sender : Outgoing.inTurn(outgoing, edition.name())) {
                found |= claim(edition, sender);
            }
        }
        return found;
    }

    /** What a paused or cancelled edition still has in hand must not stand in the way of others, nor meet the mail server. */
    private void takeBack(List<SendingEdition> sending) {
        Set<EditionId> going = sending.stream().map(SendingEdition::id).collect(Collectors.toSet());
        for (Outgoing sender : outgoing) {
            sender.lanes().takeBack(going).forEach(giveBack);
        }
    }

    private boolean isAwayForGood() {
        return outgoing.stream().allMatch(one -> one.reach().failures() >= SendSettings.TRIES_BY_HAND);
    }

    /** Among how many processes the senders' rates are shared, as it was seen last. */
    int share() {
        return share;
    }

    /** Also by the claimer's owner, at the end. */
    void savePaces() {
        for (Outgoing sender : outgoing) {
            List<PaceStore.Row> rows = sender.lanes().changed();
            if (!rows.isEmpty()) {
                database.writing(tx -> paces.put(tx, sender.name(), rows));
            }
        }
    }

    /** What an earlier process remembered. */
    void restorePaces() {
        for (Outgoing sender : outgoing) {
            sender.lanes().restore(database.read(tx -> paces.of(tx, sender.name())));
        }
    }

    private boolean claimOutbox() {
        if (!database.read(outbox::hasQueued)) {
            return false;
        }
        for (Outgoing sender : Outgoing.inTurn(outgoing, "")) {
            int room = Math.min(PAGE, sender.room());
            if (room > 0 && handOver(sender, tx -> outbox.claim(tx, node, room)) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean claim(SendingEdition edition, Outgoing sender) {
        boolean found = false;
        if (sender.reach().failures() == 0) {
            for (String domain : hungry(edition, sender)) {
                found |= handOver(sender, tx -> claims.claim(tx, edition, node, domain, domain + NEXT, Lanes.LANE_FULL))
                        > 0;
            }
        }
        int room = Math.min(PAGE, sender.room());
        if (room > 0) {
            found |= claimNext(edition, sender, room);
        }
        return found;
    }

    private List<String> hungry(SendingEdition edition, Outgoing sender) {
        List<String> domains = sender.lanes().hungry();
        return domains.isEmpty()
                ? List.of()
                : database.read(tx -> domains.stream()
                        .filter(domain -> claims.hasQueued(tx, edition.id(), domain))
                        .toList());
    }

    /** A page of what is queued of the domains between those that are closed. */
    private boolean claimNext(SendingEdition edition, Outgoing sender, int room) {
        NavigableSet<String> closed = sender.lanes().closed();
        String place = places.getOrDefault(edition.id(), "");
        Optional<Gap> gap = database.read(tx -> gap(tx, edition.id(), place, closed)
                .or(() -> place.isEmpty() ? Optional.empty() : gap(tx, edition.id(), "", closed)));
        if (gap.isEmpty()) {
            return false;
        }
        analyze(edition.id());
        int claimed = handOver(
                sender,
                tx -> claims.claim(
                        tx, edition, node, gap.get().from(), gap.get().until(), room));
        places.put(edition.id(), lastDomain == null ? gap.get().from() : lastDomain);
        return claimed > 0;
    }

    /** Domains from the first to before the second, which may be absent: no end. */
    private record Gap(String from, @Nullable String until) {}

    private Optional<Gap> gap(Tx tx, EditionId edition, String after, NavigableSet<String> closed) {
        String from = after;
        while (true) {
            String until = closed.higher(from);
            Optional<String> first = claims.domainAfter(tx, edition, from, until);
            if (first.isPresent()) {
                return Optional.of(new Gap(first.get(), until));
            }
            if (until == null) {
                return Optional.empty();
            }
            from = until;
        }
    }

    /** Editions on their way, the oldest first. */
    private List<SendingEdition> sending() {
        return database.read(editions::unfinished).stream()
                .filter(edition -> edition.state() == Edition.State.SENDING)
                .filter(edition -> settings.only() == null || settings.only().equals(edition.id()))
                .map(edition -> SendingEdition.of(edition, settings.giveUp()))
                .toList();
    }

    private int handOver(Outgoing sender, Function<Tx, List<Claim>> claiming) {
        List<Claim> page = database.write(claiming);
        page.stream().filter(claim -> !sender.lanes().put(claim)).forEach(giveBack);
        sender.served(page.size());
        lastDomain = page.isEmpty()
                ? null
                : page.get(page.size() - 1).subscriber().address().domain();
        return page.size();
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
        places.remove(edition);
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

    private void deferAll(List<SendingEdition> sending, String why) {
        Instant next = clock.instant().plus(settings.retry().get(0));
        for (SendingEdition edition : sending) {
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
