package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a person's subscriptions on an admin's word. An import doesn't bring them back. Safe to repeat: what has ended stays so. */
public final class RemoveSubscriber {
    private final Database database;
    private final Clock clock;
    private final Stores stores;

    public RemoveSubscriber(Database database, Clock clock, Stores stores) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
    }

    /**
     * Ends one subscription or all, and answers how many ended now.
     *
     * @param newsletterName absent: all
     * @throws UserError when nobody has this address, or there is no such newsletter
     */
    public int remove(String email, @Nullable String newsletterName) {
        Address address = Address.of(email);
        Instant now = clock.instant();
        return database.write(tx -> {
            Subscriber subscriber = stores.subscribers()
                    .find(tx, address)
                    .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
            List<NewsletterId> wanted = newsletterName == null
                    ? stores.subscriptions().of(tx, subscriber.id()).stream()
                            .map(Subscription::newsletter)
                            .toList()
                    : List.of(stores.newsletters().get(tx, newsletterName).id());
            List<Consent> withdrawn = new ArrayList<>();
            for (NewsletterId newsletter : wanted) {
                if (stores.subscriptions().end(tx, newsletter, subscriber.id(), EndedWhy.REMOVED, now)) {
                    withdrawn.add(new Consent(
                            subscriber.id(),
                            newsletter,
                            Consent.What.WITHDRAWN,
                            now,
                            "removed by an admin",
                            null,
                            null));
                }
            }
            stores.consents().add(tx, withdrawn);
            return withdrawn.size();
        });
    }
}
