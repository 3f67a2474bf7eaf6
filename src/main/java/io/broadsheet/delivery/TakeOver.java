package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Node;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what dead processes had in hand: what they had only claimed is queued again; what may have gone out is unknown, and becomes what its
 * newsletter's policy says. Safe to repeat, and for several processes at once, since each change names the node it takes from.
 */
public final class TakeOver {
    private static final Logger log = LoggerFactory.getLogger(TakeOver.class);

    private final Database database;
    private final Node node;
    private final EditionStore editions;
    private final DeliveryStore deliveries;
    private final OutboxQueueStore outbox;
    private final DeliverySwitch deliverySwitch;

    public TakeOver(Database database, Clock clock, Node node, EditionStore editions, DeliveryStore deliveries) {
        this.database = database;
        this.node = node;
        this.editions = editions;
        this.deliveries = deliveries;
        this.outbox = new OutboxQueueStore(clock, Duration.ZERO);
        this.deliverySwitch = new DeliverySwitch(database, clock);
    }

    /** Answers how many dead processes left something, or nothing, behind. */
    public int fromTheDead() {
        int dead = 0;
        for (long gone : node.dead()) {
            dead += database.write(tx -> {
                if (!node.forget(tx, gone)) {
                    return 0;
                }
                take(tx, gone);
                return 1;
            });
        }
        // One that left its goodbye but could not give back what it had, since the database was gone just then.
        for (long gone : database.read(this::orphaning)) {
            database.writing(tx -> take(tx, gone));
            dead++;
        }
        return dead;
    }

    private Set<Long> orphaning(Tx tx) {
        Set<Long> gone = new TreeSet<>(deliveries.orphaning(tx));
        gone.addAll(outbox.orphaning(tx));
        return gone;
    }

    /** Gives back what this process has in hand, once its senders have ended. */
    void fromOurselves() {
        database.writing(tx -> take(tx, node.id()));
    }

    /** Whether this process may take anything in hand now. */
    boolean mayClaim() {
        return node.mayClaim() && deliverySwitch.stopped().isEmpty();
    }

    /** How many processes share the senders' rates. */
    int delivering() {
        return node.delivering();
    }

    /** Whether a message may go out now, whose record is written: others may have taken this process for dead, and sent it. */
    boolean maySend() {
        return node.maySend();
    }

    /** Has connections broken off when {@link #maySend} turns false. */
    void whenAdrift(Runnable abandon) {
        node.whenAdrift(abandon);
    }

    void forgetAbout(Runnable abandon) {
        node.forgetAbout(abandon);
    }

    long node() {
        return node.id();
    }

    private void take(Tx tx, long from) {
        int unknown = outbox.settleUnknown(tx, from);
        for (EditionId edition : deliveries.inDoubt(tx, from)) {
            unknown += deliveries.settleUnknown(
                    tx,
                    from,
                    edition,
                    editions.find(tx, edition).orElseThrow().definition().unknown());
        }
        int released = deliveries.release(tx, from) + outbox.release(tx, from);
        if (unknown + released > 0) {
            log.atInfo()
                    .addKeyValue("node", from)
                    .addKeyValue("released", released)
                    .addKeyValue("unknown", unknown)
                    .log("what a process had in hand was taken over");
        }
    }
}
