package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import org.jspecify.annotations.Nullable;

/** Says in a few words why a slot makes no edition. */
final class Why {
    private Why() {}

    static String belowMinimum(int news, int minimum) {
        return news + " new, fewer than the cadence's minimum of " + minimum + "; they wait for the next slot";
    }

    static String nobodyIsDue(Tx tx, EditionStores stores, Plan.Terms terms, Plan plan) {
        @Nullable
        String cadence = terms.cadence() == null ? null : terms.cadence().name();
        if (stores.subscriptions().active(tx, terms.newsletter().id(), cadence) == 0) {
            return "it has no active subscribers" + (cadence == null ? "" : " in cadence " + cadence);
        }
        if (plan.news() > 0) {
            return "every reader has had what is new";
        }
        boolean backCatalogue = terms.backlog() == 0
                && !stores.articles()
                        .eligibleBacklog(tx, terms.newsletter().definition().select(), 1)
                        .isEmpty();
        return backCatalogue
                ? "no article since " + plan.from()
                        + "; what there is was collected as back catalogue, '--backlog N' takes its newest"
                : "no article since " + plan.from();
    }
}
