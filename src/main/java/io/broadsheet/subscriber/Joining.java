package io.broadsheet.subscriber;

import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Slots;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From when on articles are due to someone who joins: the newest slot of their cadence before that; with {@code each} the joining itself. */
final class Joining {
    private final ZoneId siteZone;

    Joining(ZoneId siteZone) {
        this.siteZone = siteZone;
    }

    /** @param reader the zone they live in; absent when unknown */
    Instant dueAfter(CadenceDefinition cadence, @Nullable ZoneId reader, Instant joined) {
        Optional<Instant> slot = cadence.readerZone() && reader != null
                ? Slots.newestSlotIn(cadence, reader, Instant.EPOCH, joined)
                : Slots.newestSlot(cadence, siteZone, Instant.EPOCH, joined);
        return slot.orElse(joined);
    }
}
