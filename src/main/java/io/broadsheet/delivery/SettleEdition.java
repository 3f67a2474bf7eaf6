package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.error.UserError;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on deliveries of unknown outcome that an edition holds. Safe to repeat: what is settled is held no more. Safe beside a running sender, since
 * each step names the state it comes from, and the edition's turn keeps it from ending while something of it is queued again.
 */
public final class SettleEdition {
    private static final Logger log = LoggerFactory.getLogger(SettleEdition.class);
    /** Keeps each write far below a quarter of a second. */
    private static final int BATCH = 2_000;

    private final Database database;
    private final EditionStores stores;
    private final HeldStore held;
    private final ExplanationStore explanations = new ExplanationStore();
    private final ShowEdition showEdition;

    public SettleEdition(Database database, Clock clock, EditionStores stores, ShowEdition showEdition) {
        this.database = database;
        this.stores = stores;
        this.held = new HeldStore(clock);
        this.showEdition = showEdition;
    }

    /** What an admin can decide. */
    public enum Decision {
        /** They had it: its articles are not due to them again. */
        ACCEPTED(DeliveryState.ACCEPTED, "settled by an admin: they had it"),
        /** It goes out again under the same Message-ID, by which mailboxes can collapse a repeat. */
        RESEND(DeliveryState.QUEUED, "settled by an admin: sent again"),
        /** It is dropped: its articles are due to them again. */
        CANCEL(DeliveryState.CANCELLED, "settled by an admin: dropped");

        private final DeliveryState to;
        private final String reply;

        Decision(DeliveryState to, String reply) {
            this.to = to;
            this.reply = reply;
        }
    }

    /**
     * How many were settled, and how the edition stands then.
     *
     * @param settled 0 when none was held
     */
    public record Settled(long settled, EditionReport edition) {}

    /**
     * @param email absent: all that it holds
     * @throws UserError when there is no such edition or subscriber, or it was cancelled and is to be sent again
     */
    public Settled settle(String id, Decision decision, @Nullable String email) {
        Edition edition = database.read(tx -> showEdition.find(tx, id));
        if (decision == Decision.RESEND && edition.state() == State.CANCELLED) {
            throw new UserError(
                    "edition " + id
                            + ": it was cancelled, and nothing of it is sent again; settle what it holds with --accepted or --cancel");
        }
        @Nullable SubscriberId only = email == null ? null : database.read(tx -> subscriber(tx, edition, email));
        long settled = 0;
        int changed = BATCH;
        while (changed == BATCH) {
            changed = database.write(tx -> batch(tx, edition, decision, only));
            settled += changed;
        }
        log.atInfo()
                .addKeyValue("edition", edition.id())
                .addKeyValue("decision", decision)
                .addKeyValue("settled", settled)
                .log("held deliveries settled");
        return new Settled(settled, showEdition.show(id));
    }

    private int batch(Tx tx, Edition edition, Decision decision, @Nullable SubscriberId only) {
        // An edition that ends just now would leave what is queued here behind.
        ShowEdition.takeTurn(tx, edition.id());
        int changed = held.settle(tx, edition.id(), decision.to, only, decision.reply, BATCH);
        if (changed > 0 && decision == Decision.RESEND) {
            stores.editions().move(tx, edition.id(), State.SENT, State.SENDING, null);
        }
        return changed;
    }

    private SubscriberId subscriber(Tx tx, Edition edition, String email) {
        SubscriberId id = stores.subscribers()
                .find(tx, Address.of(email))
                .map(Subscriber::id)
                .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
        ExplanationStore.Row delivery = explanations
                .find(tx, edition.id(), id)
                .orElseThrow(() -> new UserError("edition " + edition.id() + ": it does not go to this address"));
        if (delivery.state() != DeliveryState.HELD) {
            throw new UserError("edition " + edition.id() + ": the delivery to this address is "
                    + delivery.state().word() + ", not held; there is nothing to settle");
        }
        return id;
    }
}
