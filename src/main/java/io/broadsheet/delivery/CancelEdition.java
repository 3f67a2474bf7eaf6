package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.error.UserError;
import java.time.Clock;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops an edition for good, from the next message on; its articles are due again to those who did not get it. What is past its dot is not called
 * back. A second call, such as after a crash, takes back what the first left.
 */
public final class CancelEdition {
    private static final Logger log = LoggerFactory.getLogger(CancelEdition.class);
    /** Keeps each write far below a quarter of a second. */
    private static final int BATCH = 2_000;

    private final Database database;
    private final Clock clock;
    private final EditionStore editions;
    private final DeliveryStore deliveries;
    private final ShowEdition showEdition;

    public CancelEdition(
            Database database, Clock clock, EditionStore editions, DeliveryStore deliveries, ShowEdition showEdition) {
        this.database = database;
        this.clock = clock;
        this.editions = editions;
        this.deliveries = deliveries;
        this.showEdition = showEdition;
    }

    /** @throws UserError when there is no such edition, or it has ended */
    public EditionReport cancel(String id) {
        Edition edition = database.write(tx -> stop(tx, id));
        inBatches(tx -> deliveries.cancelQueued(tx, edition.id(), BATCH));
        inBatches(tx -> deliveries.cancelWaiting(tx, edition.id(), BATCH));
        EditionReport report = database.read(tx -> showEdition.report(tx, edition.id(), null));
        log.atInfo()
                .addKeyValue("edition", edition.id())
                .addKeyValue("accepted", report.accepted())
                .addKeyValue("cancelled", report.cancelled())
                .log("edition cancelled");
        return report;
    }

    private Edition stop(Tx tx, String id) {
        Edition edition = showEdition.find(tx, id);
        State state = edition.state();
        if (state == State.SENT || state == State.NOTHING_NEW) {
            throw new UserError("edition " + id + ": it is " + state.word() + ", there is nothing to cancel");
        }
        if (state != State.CANCELLED) {
            editions.move(tx, edition.id(), state, State.CANCELLED, clock.instant());
        }
        return edition;
    }

    private void inBatches(ToIntFunction<Tx> batch) {
        int changed = BATCH;
        while (changed == BATCH) {
            changed = database.write(batch::applyAsInt);
        }
    }
}
