package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Deliveries that are held, since nobody knows whether they arrived. */
final class HeldStore {
    private final Clock clock;

    HeldStore(Clock clock) {
        this.clock = clock;
    }

    /**
     * Settles what is held, as an admin decided; answers how many of at most {@code limit}.
     *
     * @param to accepted, queued or cancelled
     * @param only absent: all
     */
    int settle(Tx tx, EditionId edition, DeliveryState to, @Nullable SubscriberId only, String reply, int limit) {
        if (!DeliveryState.HELD.mayBecome(to)) {
            throw new IllegalArgumentException("what is held never becomes " + to.word());
        }
        return tx.update("""
                update delivery set state = :to, node_id = null, next_at = null, reply = :reply, changed_at = :now
                where edition_id = :edition and state = 'held' and subscriber_id in
                  (select subscriber_id from delivery
                   where edition_id = :edition and state = 'held' and (:all or subscriber_id = :only)
                   order by subscriber_id limit :limit)
                """)
                .bind("to", to.word())
                .bind("reply", reply)
                .bind("edition", edition.value())
                .bind("all", only == null)
                .bind("only", only == null ? 0 : only.value())
                .bind("now", clock.millis())
                .bind("limit", limit)
                .execute();
    }
}
