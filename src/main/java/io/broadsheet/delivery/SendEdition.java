package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Node;
import io.broadsheet.edition.ComposeEdition;
import io.broadsheet.edition.ComposeRequest;
import io.broadsheet.edition.Composed;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.progress.Progress;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends an edition by hand, and stays until each delivery was tried once. An unfinished one of the same newsletter and cadence is finished first;
 * only if none is left is a new one composed. Where a {@code serve} lives it delivers, and this only watches. Safe to repeat: after a kill, or when
 * the watching was ended, a second call goes on with the same edition.
 */
public final class SendEdition {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LOOK_MAX = Duration.ofSeconds(5);
    /** Of the time, one part looks and this many do not. */
    private static final int LOOK_SHARE = 20;

    private static final int BATCH = 2_000;

    private final Database database;
    private final Clock clock;
    private final Node node;
    private final EditionStores stores;
    private final DeliveryStore deliveries;
    private final ComposeEdition composeEdition;
    private final ShowEdition showEdition;
    private final TakeOver takeOver;
    private final Function<EditionId, Dispatch> senders;
    private final DeliverySwitch deliverySwitch;
    private final Pause stopped = new Pause();

    /** @param senders makes a sender of one edition, not yet started, for when no {@code serve} lives */
    public SendEdition(
            Database database,
            Clock clock,
            Node node,
            EditionStores stores,
            DeliveryStore deliveries,
            ComposeEdition composeEdition,
            ShowEdition showEdition,
            TakeOver takeOver,
            Function<EditionId, Dispatch> senders) {
        this.database = database;
        this.clock = clock;
        this.node = node;
        this.stores = stores;
        this.deliveries = deliveries;
        this.composeEdition = composeEdition;
        this.showEdition = showEdition;
        this.takeOver = takeOver;
        this.senders = senders;
        this.deliverySwitch = new DeliverySwitch(database, clock);
    }

    /**
     * @param cadence absent: readers of every cadence
     * @param backlog how many of the newest articles of the back catalogue it may take too; 0 usually
     * @return how it stands when each delivery was tried, or {@link #stop} was called
     * @throws UserError when there is no such newsletter or cadence, or another process sends it just now
     */
    public EditionReport send(String newsletter, @Nullable String cadence, int backlog, Progress progress) {
        takeOver.fromTheDead();
        Optional<Edition> unfinished = unfinished(newsletter, cadence);
        if (unfinished.isPresent()) {
            progress.note("finishing edition " + unfinished.get().id());
            return finish(unfinished.get(), progress);
        }
        Composed composed =
                composeEdition.compose(ComposeRequest.byHand(newsletter, cadence, backlog, clock.instant()), progress);
        return switch (composed.outcome()) {
            case SENDING -> deliver(composed.edition(), composed.why(), progress);
            case NOTHING_NEW, CANCELLED, EXISTS ->
                database.read(tx -> showEdition.report(tx, composed.edition(), composed.why()));
            case IN_PROGRESS -> throw busy(composed.edition());
        };
    }

    /** Ends the watching, now; what is in flight ends in order. */
    public void stop() {
        stopped.stop();
    }

    private Optional<Edition> unfinished(String newsletter, @Nullable String cadence) {
        String name = cadence == null ? CadenceDefinition.BY_HAND : cadence;
        return database.read(tx -> {
            Newsletter known = stores.newsletters().get(tx, newsletter);
            return stores.editions().unfinishedByHand(tx, known.id(), name);
        });
    }

    private EditionReport finish(Edition edition, Progress progress) {
        if (isWithAnother(edition)) {
            throw busy(edition.id());
        }
        if (edition.state() == State.PAUSED) {
            String why = database.read(tx -> stores.editions().pausedWhy(tx, edition.id()))
                    .map(reason -> " (" + reason + ")")
                    .orElse("");
            throw new UserError("edition " + edition.id() + ": it is paused" + why
                    + "; 'broadsheet edition resume' or 'broadsheet edition cancel' it");
        }
        if (edition.state() == State.COMPOSING) {
            Composed composed = composeEdition.resume(edition.id(), progress);
            Edition now =
                    database.read(tx -> stores.editions().find(tx, edition.id()).orElseThrow());
            if (now.state() == State.COMPOSING) {
                throw busy(edition.id());
            }
            if (now.state() != State.SENDING) {
                return database.read(tx -> showEdition.report(tx, edition.id(), composed.why()));
            }
        } else {
            // Whoever asks by hand does not want to wait for the next try.
            int woken = BATCH;
            while (woken == BATCH) {
                woken = database.write(tx -> deliveries.wakeNow(tx, edition.id(), BATCH));
            }
        }
        return deliver(edition.id(), null, progress);
    }

    private EditionReport deliver(EditionId id, @Nullable String why, Progress progress) {
        Edition edition = database.read(tx -> stores.editions().find(tx, id).orElseThrow());
        if (isWithAnother(edition)
                || !database.write(tx -> stores.editions().hold(tx, id, edition.node(), node.id()))) {
            throw busy(id);
        }
        try {
            watch(id, progress);
        } finally {
            database.write(tx -> stores.editions().hold(tx, id, node.id(), null));
        }
        @Nullable
        String held = deliverySwitch.stopped().map(DeliverySwitch.Stopped::line).orElse(why);
        return database.read(tx -> showEdition.report(tx, id, held));
    }

    private void watch(EditionId id, Progress progress) {
        @Nullable Dispatch ours = null;
        Duration pause = LOOK;
        boolean underway = true;
        try {
            while (underway) {
                if (node.isForgotten()) {
                    ours = rejoined(id, ours);
                }
                // The serve that we left it to may end while we watch.
                if (ours == null && !node.serveIsAlive()) {
                    ours = senders.apply(id);
                    ours.start();
                }
                underway = !stopped.stoppedWithin(pause);
                Stopwatch look = Stopwatch.start();
                underway &= isUnderway(id, progress);
                pause = pause(look.elapsed());
            }
        } finally {
            if (ours != null) {
                ours.close();
            }
        }
    }

    /** Others took this process for dead, and took over what it had in hand: it goes on as another node, if nobody else sends the edition by now. */
    private @Nullable Dispatch rejoined(EditionId id, @Nullable Dispatch ours) {
        if (ours != null) {
            ours.close(Duration.ZERO);
        }
        long old = node.id();
        node.rejoin();
        if (!database.write(tx -> stores.editions().hold(tx, id, old, node.id()))) {
            throw busy(id);
        }
        return null;
    }

    /** Counting a million deliveries takes its time; that goes to sending them. */
    private static Duration pause(Duration look) {
        Duration pause = look.multipliedBy(LOOK_SHARE);
        if (pause.compareTo(LOOK) < 0) {
            return LOOK;
        }
        return pause.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : pause;
    }

    private boolean isUnderway(EditionId id, Progress progress) {
        record Standing(Edition edition, Counts counts) {}
        if (deliverySwitch.stopped().isPresent()) {
            return false;
        }
        Standing now = database.read(
                tx -> new Standing(stores.editions().find(tx, id).orElseThrow(), deliveries.counts(tx, id)));
        progress.total(now.counts().total());
        progress.done(now.counts().total() - now.counts().underway());
        progress.note("accepted " + now.counts().of(DeliveryState.ACCEPTED) + ", deferred "
                + now.counts().of(DeliveryState.DEFERRED) + ", refused "
                + now.counts().of(DeliveryState.REFUSED));
        boolean sends = now.edition().state() == State.SENDING;
        // Without any of its own deferred, the edition is about to end: the report should say so.
        return sends && (now.counts().underway() > 0 || now.counts().of(DeliveryState.DEFERRED) == 0);
    }

    private boolean isWithAnother(Edition edition) {
        Long by = edition.node();
        return by != null && by != node.id() && node.isAlive(by);
    }

    private static UserError busy(EditionId edition) {
        return new UserError("edition " + edition
                + ": it is being sent by another process just now; watch it with 'broadsheet edition show " + edition
                + "'");
    }
}
