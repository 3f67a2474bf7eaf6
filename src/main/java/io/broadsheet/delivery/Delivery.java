package io.broadsheet.delivery;

import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One edition to one subscriber, as of one instant.
 *
 * @param address the mailbox as given
 * @param attempts how often sending it was begun
 * @param reply the last word of the mail server, or ours; absent before the first attempt
 * @param changed when it came into its state
 */
record Delivery(
        EditionId edition,
        SubscriberId subscriber,
        String address,
        DeliveryState state,
        int attempts,
        @Nullable String reply,
        Instant changed) {}
