package io.broadsheet.subscriber;

import io.broadsheet.db.Ids;
import io.broadsheet.newsletter.NewsletterStore;

/** The stores that the operations of this room work on together. */
public record Stores(
        NewsletterStore newsletters,
        SubscriberStore subscribers,
        SubscriptionStore subscriptions,
        SuppressionStore suppressions,
        ConsentStore consents,
        OutboxStore outbox) {
    public static Stores with(Ids ids, NewsletterStore newsletters) {
        return new Stores(
                newsletters,
                new SubscriberStore(ids),
                new SubscriptionStore(),
                new SuppressionStore(),
                new ConsentStore(ids),
                new OutboxStore(ids));
    }
}
