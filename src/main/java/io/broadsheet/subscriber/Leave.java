package io.broadsheet.subscriber;

import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import java.time.Instant;
import java.util.List;

/** Ends subscriptions within an open transaction, for operations of other rooms, and keeps the record of it. Safe to repeat: what has ended stays so. */
public final class Leave {
    private final Stores stores;

    public Leave(Stores stores) {
        this.stores = stores;
    }

    /** Ends one, and answers whether it ended now. */
    public boolean one(
            Tx tx, NewsletterId newsletter, SubscriberId subscriber, EndedWhy why, String evidence, Instant now) {
        if (!stores.subscriptions().end(tx, newsletter, subscriber, why, now)) {
            return false;
        }
        stores.consents()
                .add(
                        tx,
                        List.of(new Consent(
                                subscriber, newsletter, Consent.What.WITHDRAWN, now, evidence, null, null)));
        return true;
    }

    /** Ends all, and answers how many ended now. */
    public int all(Tx tx, SubscriberId subscriber, EndedWhy why, String evidence, Instant now) {
        int ended = 0;
        for (Subscription subscription : stores.subscriptions().of(tx, subscriber)) {
            if (one(tx, subscription.newsletter(), subscriber, why, evidence, now)) {
                ended++;
            }
        }
        return ended;
    }
}
