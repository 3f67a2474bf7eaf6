package io.broadsheet.edition;

import io.broadsheet.article.ArticleStore;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.subscriber.SubscriberStore;
import io.broadsheet.subscriber.SubscriptionStore;

/** The stores that composing and preview work on together. */
public record EditionStores(
        ArticleStore articles,
        NewsletterStore newsletters,
        SubscriberStore subscribers,
        SubscriptionStore subscriptions,
        EditionStore editions,
        VariantStore variants,
        RetractionStore retractions) {}
