package io.broadsheet.feedback;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.subscriber.Suppression.Why;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admin's word on one address: no more mail to it, from the next message on; or mail again. Safe to repeat: what is so stays so. */
public final class Suppress {
    private static final Logger log = LoggerFactory.getLogger(Suppress.class);

    private final Database database;
    private final Clock clock;
    private final FeedbackStore feedback;
    private final Stores stores;

    public Suppress(Database database, Clock clock, FeedbackStore feedback, Stores stores) {
        this.database = database;
        this.clock = clock;
        this.feedback = feedback;
        this.stores = stores;
    }

    /**
     * Stops all mail to the address; whoever it is, known or not.
     *
     * @return whether it was not suppressed before
     * @throws io.broadsheet.error.UserError when it is no address
     */
    public boolean add(String email) {
        Address address = Address.of(email);
        Instant now = clock.instant();
        boolean added = database.write(tx -> {
            boolean isNew = stores.suppressions().add(tx, new Suppression(address.key(), Why.BY_ADMIN, now, null));
            if (isNew) {
                note(tx, address, Event.Kind.SUPPRESSED, now);
            }
            return isNew;
        });
        if (added) {
            log.atInfo().addKeyValue("domain", address.domain()).log("address suppressed by an admin");
        }
        return added;
    }

    /**
     * Lets the address be mailed again. A subscription that was active all the while goes on; one that ended by a complaint stays ended.
     *
     * @return whether it was suppressed
     * @throws io.broadsheet.error.UserError when it is no address
     */
    public boolean lift(String email) {
        Address address = Address.of(email);
        Instant now = clock.instant();
        boolean lifted = database.write(tx -> {
            boolean was = stores.suppressions().lift(tx, address);
            if (was) {
                note(tx, address, Event.Kind.LIFTED, now);
            }
            return was;
        });
        if (lifted) {
            log.atInfo().addKeyValue("domain", address.domain()).log("suppression lifted by an admin");
        }
        return lifted;
    }

    private void note(Tx tx, Address address, Event.Kind kind, Instant now) {
        Subscriber subscriber = stores.subscribers().find(tx, address).orElse(null);
        Event event = Event.byAdmin(kind, address.key(), subscriber, "admin", now);
        feedback.add(tx, event, kind == Event.Kind.SUPPRESSED ? Outcome.SUPPRESSED : Outcome.NOTED, now);
    }
}
