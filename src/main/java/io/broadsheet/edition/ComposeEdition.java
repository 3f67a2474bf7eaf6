package io.broadsheet.edition;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who gets which articles in one edition, as of one instant: page by page under the state {@code composing}, in which nothing is sent,
 * then visible in one short commit. A process that is killed on the way leaves a {@code composing} row; whoever asks for the same edition again, or
 * {@link #resume}, starts it over. Safe to repeat: a slot has one edition, whatever it came to. Safe for several threads and processes.
 */
public final class ComposeEdition {
    private static final Logger log = LoggerFactory.getLogger(ComposeEdition.class);

    /** Rows that one transaction takes back, to stay as short as a page. */
    private static final int DROPPED = 2_000;
    /** From so many rows on the planner is told; a few change nothing for it. */
    private static final int ANALYZED_FROM = 1_000;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final Node node;
    private final EditionStores stores;
    private final Queue queue;
    private final Letters letters;
    private final ZoneId siteZone;
    /** What this process composes now: a row that bears our node and isn't among them was left by a composing that failed. */
    private final Set<EditionId> inHand = new HashSet<>();

    private final Failures failures = new Failures();

    public ComposeEdition(
            Database database,
            Clock clock,
            Ids ids,
            Node node,
            EditionStores stores,
            Queue queue,
            Letters letters,
            ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.node = node;
        this.stores = stores;
        this.queue = queue;
        this.letters = letters;
        this.siteZone = siteZone;
    }

    /**
     * Composes the edition, or says what became of it before.
     *
     * @throws UserError when there is no such newsletter or cadence, it is paused, or a template fails; the edition is then tried again when it is
     *     next asked for
     */
    public Composed compose(ComposeRequest request, Progress progress) {
        return work(begin(request), progress);
    }

    /**
     * Starts over what killed processes left half composed; answers what each came to. One that fails, by its template or the world, is left for the
     * next time and keeps none of the others waiting.
     */
    public List<Composed> resume(Progress progress) {
        return resume(progress, true);
    }

    /** {@link #resume} for whoever looks often: what failed in this process is tried again after pauses that grow. */
    public List<Composed> takeUp(Progress progress) {
        return resume(progress, false);
    }

    private List<Composed> resume(Progress progress, boolean failedToo) {
        List<Composed> composed = new ArrayList<>();
        for (Edition edition : database.read(stores.editions()::unfinished)) {
            boolean now = failedToo || failures.mayTry(edition.id(), clock.instant());
            if (edition.state() == State.COMPOSING && now) {
                try {
                    Begun begun = takeOver(edition);
                    if (begun.outcome() == null) {
                        composed.add(work(begun, progress));
                    }
                } catch (UserError | OutsideError e) {
                    log.atWarn()
                            .addKeyValue("edition", edition.id())
                            .addKeyValue("newsletter", edition.definition().name())
                            .addKeyValue("why", Safe.text(e.getMessage()))
                            .log("an edition can't be composed and is tried again; mend what it says");
                }
            }
        }
        return composed;
    }

    /**
     * Starts one of them over, for someone who waits for it.
     *
     * @throws UserError when its template fails again
     */
    public Composed resume(EditionId edition, Progress progress) {
        return work(
                takeOver(database.read(tx -> stores.editions().find(tx, edition).orElseThrow())), progress);
    }

    /** An edition that is ours to compose, or with an outcome one that isn't. */
    private record Begun(
            Edition edition, boolean again, @Nullable Outcome outcome) {}

    private synchronized Begun begin(ComposeRequest request) {
        Newsletter newsletter = database.read(tx -> stores.newsletters().get(tx, request.newsletter()));
        check(newsletter, request.cadence());
        Optional<Edition> known =
                database.read(tx -> stores.editions().find(tx, newsletter.id(), request.cadence(), request.slot()));
        if (known.isPresent() && !request.byHand()) {
            return takeOver(known.get());
        }
        Edition edition = database.write(tx -> add(tx, newsletter, request));
        if (edition.node() == null || edition.node() != node.id() || edition.state() != State.COMPOSING) {
            return new Begun(edition, false, Outcome.EXISTS);
        }
        inHand.add(edition.id());
        return new Begun(edition, false, null);
    }

    private static void check(Newsletter newsletter, String cadence) {
        if (!cadence.equals(CadenceDefinition.BY_HAND)) {
            newsletter.cadence(cadence);
        }
        if (newsletter.definition().paused()) {
            throw new UserError(
                    "newsletter " + newsletter.name() + ": it is paused; take 'paused' out of config/newsletters.yml");
        }
    }

    /** The new edition, or the one that another process put into its slot a moment ago. */
    private Edition add(Tx tx, Newsletter newsletter, ComposeRequest request) {
        Instant now = clock.instant();
        Instant asOf = stores.articles().asOf(tx, now);
        Instant slot = request.byHand()
                ? stores.editions().freeSlot(tx, newsletter.id(), request.cadence(), request.slot())
                : request.slot();
        EditionId id = new EditionId(ids.next());
        Edition draft = new Edition(
                id,
                newsletter.id(),
                newsletter.definition(),
                request.cadence(),
                slot,
                State.COMPOSING,
                null,
                asOf,
                asOf,
                request.byHand(),
                request.backlog(),
                node.id(),
                0,
                now,
                null);
        Instant from = Floors.of(tx, stores, terms(newsletter, draft)).base();
        stores.editions().add(tx, draft.from(from));
        return stores.editions()
                .find(tx, newsletter.id(), request.cadence(), slot)
                .orElseThrow();
    }

    private synchronized Begun takeOver(Edition edition) {
        if (edition.state() != State.COMPOSING) {
            return new Begun(edition, false, Outcome.EXISTS);
        }
        boolean ours = edition.node() != null && edition.node() == node.id();
        boolean alive = edition.node() != null && node.isAlive(edition.node());
        if (ours ? inHand.contains(edition.id()) : alive) {
            return new Begun(edition, false, Outcome.IN_PROGRESS);
        }
        Newsletter newsletter = database.read(
                tx -> stores.newsletters().find(tx, edition.newsletter()).orElseThrow());
        if (newsletter.closed() != null || !(edition.readersOf() == null || newsletter.offers(edition.cadence()))) {
            return abandon(edition);
        }
        if (newsletter.definition().paused()) {
            return new Begun(edition, false, Outcome.IN_PROGRESS);
        }
        // What made it fail may have been the definition, so it is composed as it reads now.
        Optional<Edition> taken =
                database.write(tx -> stores.editions().takeOver(tx, edition, newsletter.definition(), node.id())
                        ? stores.editions().find(tx, edition.id())
                        : Optional.empty());
        if (taken.isEmpty()) {
            return new Begun(edition, false, Outcome.IN_PROGRESS);
        }
        inHand.add(edition.id());
        return new Begun(taken.get(), true, null);
    }

    /** Its newsletter or cadence has gone since: nobody is to be mailed, and it would stay half composed for ever. */
    private Begun abandon(Edition edition) {
        if (database.write(
                tx -> stores.editions().move(tx, edition.id(), State.COMPOSING, State.CANCELLED, clock.instant()))) {
            clear(edition.id());
            log.atInfo().addKeyValue("edition", edition.id()).log("its newsletter or cadence has gone: cancelled");
        }
        return new Begun(edition, false, Outcome.CANCELLED);
    }

    private Composed work(Begun begun, Progress progress) {
        Edition edition = begun.edition();
        if (begun.outcome() != null) {
            String why = switch (begun.outcome()) {
                case IN_PROGRESS -> "it is already being composed";
                case CANCELLED -> "its newsletter or cadence has gone";
                default -> "the slot has its edition: " + edition.state().word();
            };
            return new Composed(edition.id(), begun.outcome(), edition.recipients(), why);
        }
        try {
            if (begun.again()) {
                log.atInfo().addKeyValue("edition", edition.id()).log("composing started over");
                clear(edition.id());
            }
            Composed composed = write(edition, progress);
            failures.remove(edition.id());
            return composed;
        } catch (RuntimeException e) {
            failures.add(edition.id(), clock.instant());
            throw e;
        } finally {
            release(edition.id());
        }
    }

    private synchronized void release(EditionId edition) {
        inHand.remove(edition);
    }

    private void clear(EditionId edition) {
        while (database.write(tx -> queue.drop(tx, edition, DROPPED)) > 0) {}
        while (database.write(tx -> stores.variants().drop(tx, edition, DROPPED / 10)) > 0) {}
    }

    private Composed write(Edition edition, Progress progress) {
        Stopwatch watch = Stopwatch.start();
        Newsletter newsletter = database.read(
                tx -> stores.newsletters().find(tx, edition.newsletter()).orElseThrow());
        Newsletter asDefined = newsletter.with(edition.definition());
        Plan.Terms terms = terms(asDefined, edition);
        Plan plan = database.read(tx -> Plan.of(tx, stores, terms));
        int minimum = terms.cadence() == null || edition.byHand()
                ? 1
                : terms.cadence().minimum();
        if (minimum > 1 && plan.news() < minimum) {
            return end(edition, asDefined, 0, Why.belowMinimum(plan.news(), minimum), watch);
        }
        progress.total(database.read(tx -> stores.subscriptions().active(tx, asDefined.id(), edition.readersOf())));
        Pages pages = new Pages(stores, queue, node.id(), edition, plan);
        if (!database.write(pages::first)) {
            return lost(edition.id());
        }
        @Nullable SubscriberId last = new SubscriberId(0);
        while (last != null) {
            long after = last.value();
            Optional<Plan.Page> page = database.write(tx -> pages.next(tx, after));
            if (page.isEmpty()) {
                return lost(edition.id());
            }
            last = page.get().last();
            progress.done(pages.readers());
        }
        if (pages.recipients() >= ANALYZED_FROM) {
            database.writing(tx -> tx.dialect().analyze(tx, "delivery"));
        }
        String why = pages.recipients() > 0 ? "" : database.read(tx -> Why.nobodyIsDue(tx, stores, terms, plan));
        return end(edition, asDefined, pages.recipients(), why, watch);
    }

    private Composed end(Edition edition, Newsletter newsletter, long recipients, String whyNot, Stopwatch watch) {
        boolean sends = recipients > 0;
        // Rendered once before anybody is mailed: a template that fails must fail here, not in the middle of the
        // senders' work.
        @Nullable String subject = sends ? letters.subject(edition.id()) : null;
        VariantStore.Extent extent = database.read(tx -> stores.variants().extent(tx, edition.id()));
        boolean ours = database.write(tx -> stores.editions()
                .composed(
                        tx,
                        edition.id(),
                        node.id(),
                        sends ? State.SENDING : State.NOTHING_NEW,
                        subject,
                        sends ? null : clock.instant()));
        if (!ours) {
            return lost(edition.id());
        }
        log.atInfo()
                .addKeyValue("edition", edition.id())
                .addKeyValue("newsletter", newsletter.name())
                .addKeyValue("cadence", edition.cadence())
                .addKeyValue("slot", edition.slot())
                .addKeyValue("articles", extent.articles())
                .addKeyValue("variants", extent.variants())
                .addKeyValue("recipients", recipients)
                .addKeyValue("why", whyNot)
                .addKeyValue("took-ms", watch.ms())
                .log(sends ? "edition composed" : "no edition: nothing new");
        String why = sends ? extent.articles() + (extent.articles() == 1 ? " article" : " articles") : whyNot;
        return new Composed(edition.id(), sends ? Outcome.SENDING : Outcome.NOTHING_NEW, recipients, why);
    }

    private Composed lost(EditionId id) {
        Edition now = database.read(tx -> stores.editions().find(tx, id).orElseThrow());
        return now.state() == State.CANCELLED
                ? new Composed(id, Outcome.CANCELLED, 0, "it was cancelled meanwhile")
                : new Composed(id, Outcome.IN_PROGRESS, 0, "another process took it over");
    }

    private Plan.Terms terms(Newsletter newsletter, Edition edition) {
        @Nullable
        CadenceDefinition cadence = edition.readersOf() == null ? null : newsletter.cadence(edition.cadence());
        return new Plan.Terms(
                newsletter,
                edition.id(),
                cadence,
                edition.byHand() ? null : edition.slot(),
                edition.asOf(),
                edition.byHand(),
                edition.backlog(),
                siteZone);
    }
}
