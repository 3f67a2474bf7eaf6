package io.broadsheet.delivery;

import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.VariantId;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.SubscriberId;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that this process has taken in hand.
 *
 * @param subscriber the row's id
 * @param variant what the reader gets; absent for a single mail of the outbox
 * @param address the mailbox as given, for the envelope
 * @param name absent where unknown, and so are {@code language} and {@code timeZone}
 * @param attempts how often it was tried before
 * @param wanted whether, when it was claimed, the reader was subscribed and not suppressed
 * @param terms what the newsletter says about trying
 */
record Claim(
        Ref ref,
        NewsletterId newsletter,
        SubscriberId subscriber,
        @Nullable VariantId variant,
        String address,
        @Nullable String name,
        @Nullable String language,
        @Nullable String timeZone,
        int attempts,
        boolean wanted,
        Terms terms) {
    /** The edition, for a delivery. */
    EditionId edition() {
        if (ref instanceof Ref.OfEdition of) {
            return of.edition();
        }
        throw new IllegalStateException("a single mail belongs to no edition");
    }
}
