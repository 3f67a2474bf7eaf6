package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import io.broadsheet.subscriber.SubscriberId;
import java.util.List;

/**
 * Where composing puts what is to be delivered. The {@code delivery} room, which comes later in the flow and owns the table, implements it; hence an
 * interface with one implementation.
 */
public interface Queue {
    /** Queues one delivery for each recipient. Nothing is sent while the edition is {@code composing}. */
    void add(Tx tx, EditionId edition, List<Recipient> recipients);

    /** Takes back what a killed process had queued for an edition that was still {@code composing}; answers how many of at most {@code limit}. */
    int drop(Tx tx, EditionId edition, int limit);

    /** One reader of an edition, and what they get. */
    record Recipient(SubscriberId subscriber, VariantId variant) {}
}
