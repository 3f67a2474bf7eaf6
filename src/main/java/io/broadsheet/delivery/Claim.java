package io.broadsheet.delivery;

import io.broadsheet.edition.VariantId;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that this process has taken in hand.
 *
 * @param variant what the reader gets; absent for a single mail of the outbox
 * @param attempts how often it was tried before
 * @param wanted whether, when it was claimed, the reader was subscribed and not suppressed
 * @param terms what the newsletter says about trying
 */
record Claim(
        Ref ref,
        NewsletterId newsletter,
        Subscriber subscriber,
        @Nullable VariantId variant,
        int attempts,
        boolean wanted,
        Terms terms) {}
