package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.error.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one edition has come. Safe for several threads, because it holds no state. */
public final class ShowEdition {
    private final Database database;
    private final EditionStores stores;
    private final DeliveryStore deliveries;

    public ShowEdition(Database database, EditionStores stores, DeliveryStore deliveries) {
        this.database = database;
        this.stores = stores;
        this.deliveries = deliveries;
    }

    /** @throws UserError when there is no such edition */
    public EditionReport show(String id) {
        return database.read(tx -> report(tx, find(tx, id).id(), null));
    }

    EditionReport report(Tx tx, EditionId id, @Nullable String why) {
        Edition edition = stores.editions().find(tx, id).orElseThrow();
        List<EditionReport.Held> articles = stores
                .articles()
                .list(tx, stores.variants().articles(tx, id))
                .stream()
                .map(article -> new EditionReport.Held(article.id().toString(), article.title(), article.url()))
                .toList();
        @Nullable
        String reason = edition.state() == Edition.State.PAUSED
                ? stores.editions().pausedWhy(tx, id).orElse(null)
                : why;
        return EditionReport.of(edition, deliveries.counts(tx, id), articles, reason);
    }

    /** Until the transaction's end nobody else ends the edition, or takes it up again. Statements before it don't see what another did meanwhile. */
    static void takeTurn(Tx tx, EditionId edition) {
        tx.dialect().takeTurn(tx, edition.value());
    }

    /** @throws UserError when there is no such edition */
    Edition find(Tx tx, String id) {
        EditionId parsed;
        try {
            parsed = EditionId.parse(id);
        } catch (NumberFormatException e) {
            throw unknown(id);
        }
        return stores.editions().find(tx, parsed).orElseThrow(() -> unknown(id));
    }

    private static UserError unknown(String id) {
        return new UserError("edition " + id + ": there is none; 'broadsheet edition list' names them");
    }
}
