package io.broadsheet.edition;

import io.broadsheet.article.Candidate;
import io.broadsheet.db.Database;
import io.broadsheet.newsletter.Cadence;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.Slots;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.SubscriptionStore.ReaderZone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes what is due of a cadence: the newest slot that has come and has no edition yet. However many were missed, one is caught up, or with
 * {@code missed: skip} none. {@code each} makes one edition of all that became news since its last; its slot is the instant the newest of it did.
 * May be called at any time, as often as one likes, and by several processes at once: a slot has one edition.
 */
public final class DueEditions {
    /** A slot isn't missed yet when the program wakes a little late for it: a full machine, a restart. */
    static final Duration LATE = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(DueEditions.class);

    private final Database database;
    private final Clock clock;
    private final EditionStores stores;
    private final ComposeEdition composeEdition;
    private final ZoneId siteZone;

    public DueEditions(
            Database database, Clock clock, EditionStores stores, ComposeEdition composeEdition, ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.composeEdition = composeEdition;
        this.siteZone = siteZone;
    }

    /** What is due of one cadence now, after what was left half composed; empty when nothing is, or the newsletter or cadence has gone or is paused. */
    public List<Composed> run(String newsletterName, String cadenceName) {
        Instant now = clock.instant();
        record Asked(Newsletter newsletter, Cadence cadence) {}
        Optional<Asked> asked = database.read(tx -> {
            Optional<Newsletter> newsletter = stores.newsletters().find(tx, newsletterName);
            return newsletter
                    .filter(Newsletter::isRunning)
                    .flatMap(open -> stores.newsletters().cadences(tx, open).stream()
                            .filter(cadence -> cadence.name().equals(cadenceName))
                            .map(cadence -> new Asked(open, cadence))
                            .findFirst());
        });
        List<Composed> composed = new ArrayList<>(composeEdition.resume(Progress.NONE));
        if (asked.isPresent()) {
            for (Instant slot : slots(asked.get().newsletter(), asked.get().cadence(), now)) {
                composed.add(composeEdition.compose(
                        ComposeRequest.scheduled(newsletterName, cadenceName, slot), Progress.NONE));
            }
        }
        return composed;
    }

    /** Slots without an edition that are due: one at most, but with readers' own zones one for each that has a slot of its own. */
    private List<Instant> slots(Newsletter newsletter, Cadence cadence, Instant now) {
        CadenceDefinition definition = cadence.definition();
        if (definition.isEach()) {
            return each(newsletter, cadence, now).stream().toList();
        }
        if (definition.readerZone()) {
            return readerZones(newsletter, cadence, now);
        }
        Instant last = database.read(tx -> stores.editions().newestSlot(tx, newsletter.id(), cadence.name()))
                .orElse(Instant.EPOCH);
        Instant since = last.isAfter(cadence.since()) ? last : cadence.since();
        return Slots.newestSlot(definition, siteZone, since, now).stream()
                .filter(slot -> isWanted(newsletter, cadence, slot, now))
                .toList();
    }

    private Optional<Instant> each(Newsletter newsletter, Cadence cadence, Instant now) {
        return database.read(tx -> {
            Instant floor = stores.editions()
                    .mailedUpTo(tx, newsletter.id(), cadence.name(), EditionStore.Before.ALL)
                    .orElse(newsletter.created().minusMillis(1));
            Instant last = stores.editions()
                    .newestSlot(tx, newsletter.id(), cadence.name())
                    .orElse(Instant.EPOCH);
            return stores.articles().eligible(tx, newsletter.definition().select(), floor, now, 1).stream()
                    .map(Candidate::eligible)
                    .filter(slot -> slot.isAfter(last) && slot.isAfter(cadence.since()))
                    .findFirst();
        });
    }

    /** A zone is due when someone lived in it before its slot: who joins after it waits for the next. */
    private List<Instant> readerZones(Newsletter newsletter, Cadence cadence, Instant now) {
        List<ReaderZone> zones = database.read(tx -> stores.subscriptions().zones(tx, newsletter.id(), cadence.name()));
        TreeSet<Instant> slots = new TreeSet<>();
        for (ReaderZone readers : zones) {
            ZoneId zone = Floors.zone(cadence.definition(), readers.zone(), siteZone);
            Slots.newestSlotIn(cadence.definition(), zone, cadence.since(), now)
                    .filter(slot -> !readers.firstJoined().isAfter(slot))
                    .filter(slot -> isWanted(newsletter, cadence, slot, now))
                    .ifPresent(slots::add);
        }
        return database.read(tx -> slots.stream()
                .filter(slot -> stores.editions()
                        .find(tx, newsletter.id(), cadence.name(), slot)
                        .isEmpty())
                .toList());
    }

    private static boolean isWanted(Newsletter newsletter, Cadence cadence, Instant slot, Instant now) {
        boolean missed = slot.isBefore(now.minus(LATE));
        boolean skipped = missed && cadence.definition().missed() == CadenceDefinition.Missed.SKIP;
        if (skipped) {
            log.atInfo()
                    .addKeyValue("newsletter", newsletter.name())
                    .addKeyValue("cadence", cadence.name())
                    .addKeyValue("slot", slot)
                    .log("slot missed and skipped, as the cadence says");
        }
        return !skipped;
    }
}
