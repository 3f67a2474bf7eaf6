package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.Slots;
import io.broadsheet.subscriber.SubscriptionStore.Reader;
import io.broadsheet.subscriber.SubscriptionStore.ReaderZone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when on articles are due to each reader. Who was there when the last edition of their cadence went out: what became eligible since. Who joined
 * later: what became eligible since the newest slot before they joined. Sent by hand: for everybody since the last finished edition. Never what is
 * older than the newsletter. Used by one thread.
 */
final class Floors {
    /** Past editions looked through for a zone's last one: a day has at most some forty, one a zone offset. */
    private static final int EDITIONS_MAX = 400;

    private final Newsletter newsletter;
    private final boolean byHand;
    private final Instant base;
    /** Who joined since the last edition that a slot asked for has a time of their own; one sent by hand between does not end it. */
    private final Instant scheduled;

    private final @Nullable CadenceDefinition readerZone;
    private final ZoneId siteZone;
    private final List<Edition> mailed;
    private final Map<ZoneId, Instant> byZone = new HashMap<>();

    private Floors(
            Newsletter newsletter,
            boolean byHand,
            Instant base,
            Instant scheduled,
            @Nullable CadenceDefinition readerZone,
            ZoneId siteZone,
            List<Edition> mailed) {
        this.newsletter = newsletter;
        this.byHand = byHand;
        this.base = base;
        this.scheduled = scheduled;
        this.readerZone = readerZone;
        this.siteZone = siteZone;
        this.mailed = mailed;
    }

    static Floors of(Tx tx, EditionStores stores, Plan.Terms terms) {
        Newsletter newsletter = terms.newsletter();
        @Nullable CadenceDefinition cadence = terms.cadence();
        if (terms.byHand() || cadence == null) {
            @Nullable String name = cadence == null ? null : cadence.name();
            Instant finished = stores.editions()
                    .finishedUpTo(tx, newsletter.id(), name, terms.before())
                    .orElse(created(newsletter));
            return new Floors(newsletter, true, finished, finished, null, terms.siteZone(), List.of());
        }
        if (cadence.readerZone()) {
            return ofReaderZones(tx, stores, terms, cadence);
        }
        Instant mailed = stores.editions()
                .mailedUpTo(tx, newsletter.id(), cadence.name(), terms.before())
                .orElse(created(newsletter));
        Instant scheduled = stores.editions()
                .scheduledUpTo(tx, newsletter.id(), cadence.name(), terms.before())
                .orElse(created(newsletter));
        return new Floors(newsletter, false, mailed, scheduled, null, terms.siteZone(), List.of());
    }

    private static Floors ofReaderZones(Tx tx, EditionStores stores, Plan.Terms terms, CadenceDefinition cadence) {
        Newsletter newsletter = terms.newsletter();
        List<Edition> mailed =
                stores.editions().mailed(tx, newsletter.id(), cadence.name(), terms.before(), EDITIONS_MAX);
        Instant created = created(newsletter);
        Floors zones = new Floors(newsletter, false, created, created, cadence, terms.siteZone(), mailed);
        Optional<Instant> earliest = stores.subscriptions().zones(tx, newsletter.id(), cadence.name()).stream()
                .map(ReaderZone::zone)
                .filter(zone -> terms.zoneSlot() == null
                        || isSlot(cadence, zone(cadence, zone, terms.siteZone()), terms.zoneSlot()))
                .map(zone -> zones.ofZone(cadence, zone))
                .min(Comparator.naturalOrder());
        return new Floors(newsletter, false, earliest.orElse(created), created, cadence, terms.siteZone(), mailed);
    }

    /** For readers who were there when the last edition went out. */
    Instant base() {
        return base;
    }

    Instant of(Reader reader) {
        Instant floor = readerZone == null ? base : ofZone(readerZone, reader.timeZone());
        // In the same millisecond counts as since: what they had is left out anyway.
        boolean joinedSince = !byHand && !reader.joined().isBefore(readerZone == null ? scheduled : floor);
        return joinedSince ? later(reader.dueAfter(), created(newsletter)) : floor;
    }

    /** The editions of one cadence go to one zone after the other; what counts for a reader is the last one whose slot was one in their zone. */
    private Instant ofZone(CadenceDefinition cadence, @Nullable ZoneId readers) {
        ZoneId zone = zone(cadence, readers, siteZone);
        return byZone.computeIfAbsent(
                zone,
                any -> mailed.stream()
                        .filter(edition -> isSlot(cadence, zone, edition.slot()))
                        .findFirst()
                        .map(Edition::asOf)
                        .orElse(created(newsletter)));
    }

    /** Whose wall clock a cadence means for a reader. */
    static ZoneId zone(CadenceDefinition cadence, @Nullable ZoneId readers, ZoneId siteZone) {
        if (cadence.readerZone() && readers != null) {
            return readers;
        }
        return cadence.timeZone() == null ? siteZone : cadence.timeZone();
    }

    static boolean isSlot(CadenceDefinition cadence, ZoneId zone, Instant instant) {
        return Slots.newestSlotIn(cadence, zone, Instant.EPOCH, instant)
                .filter(instant::equals)
                .isPresent();
    }

    /** What became news in the very moment the newsletter was made is its readers' too. */
    private static Instant created(Newsletter newsletter) {
        return newsletter.created().minusMillis(1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
