package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.error.UserError;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an edition back and lets it go on, whoever sends it. Each message's record asks for the edition's state, so none starts once a pause is
 * answered; what was past that record ends. Safe to repeat.
 */
public final class PauseEdition {
    private static final Logger log = LoggerFactory.getLogger(PauseEdition.class);
    private static final Set<State> ENDED = Set.of(State.SENT, State.CANCELLED, State.NOTHING_NEW);

    private final Database database;
    private final EditionStores stores;
    private final ShowEdition showEdition;

    public PauseEdition(Database database, EditionStores stores, ShowEdition showEdition) {
        this.database = database;
        this.stores = stores;
        this.showEdition = showEdition;
    }

    /**
     * @param why who or what, for whoever resumes it; the first reason stays
     * @throws UserError when there is no such edition, or it has ended
     */
    public EditionReport pause(String id, String why) {
        Edition edition = database.write(tx -> {
            Edition found = underway(tx, id, "pause");
            if (found.state() != State.PAUSED) {
                stores.editions().pause(tx, found.id(), why);
            }
            return found;
        });
        log.atInfo()
                .addKeyValue("edition", edition.id())
                .addKeyValue("why", why)
                .log("edition paused");
        return showEdition.show(id);
    }

    /** @throws UserError when there is no such edition, or it has ended */
    public EditionReport resume(String id) {
        Edition edition = database.write(tx -> {
            Edition found = underway(tx, id, "resume");
            if (isClosed(tx, found)) {
                throw new UserError("edition " + id + ": its newsletter is closed, and sends nothing; put it back into"
                        + " config/newsletters.yml, or cancel the edition");
            }
            stores.editions().resume(tx, found.id());
            return found;
        });
        log.atInfo().addKeyValue("edition", edition.id()).log("edition resumed");
        return showEdition.show(id);
    }

    private boolean isClosed(Tx tx, Edition edition) {
        return stores.newsletters()
                .find(tx, edition.newsletter())
                .map(newsletter -> newsletter.closed() != null)
                .orElse(true);
    }

    private Edition underway(Tx tx, String id, String verb) {
        Edition edition = showEdition.find(tx, id);
        if (ENDED.contains(edition.state())) {
            throw new UserError(
                    "edition " + id + ": it is " + edition.state().word() + ", there is nothing to " + verb);
        }
        return edition;
    }
}
