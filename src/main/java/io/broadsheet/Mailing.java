package io.broadsheet;

import io.broadsheet.config.Version;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.Dispatch;
import io.broadsheet.delivery.SendEdition;
import io.broadsheet.delivery.SendSettings;
import io.broadsheet.delivery.TakeOver;
import io.broadsheet.edition.ComposeEdition;
import io.broadsheet.edition.DueEditions;

/** What composes and delivers, in the name of this process's node. */
final class Mailing implements AutoCloseable {
    private final Broadsheet home;
    private final Editions editions;
    private final Node node;
    private final ComposeEdition composeEdition;
    private final TakeOver takeOver;
    private final SendEdition sendEdition;

    Mailing(Broadsheet home, Editions editions, Node.Kind kind) {
        this.home = home;
        this.editions = editions;
        editions.signer.expectKeys();
        this.node = Node.join(home.database, home.home.data(), kind, home.ids, home.clock, Version.number());
        this.composeEdition = new ComposeEdition(
                home.database,
                home.clock,
                home.ids,
                node,
                editions.stores,
                editions.deliveries,
                editions.letters,
                home.zone);
        this.takeOver = new TakeOver(home.database, home.clock, node, editions.stores.editions(), editions.deliveries);
        this.sendEdition = new SendEdition(
                home.database,
                home.clock,
                node,
                editions.stores,
                editions.deliveries,
                composeEdition,
                editions.showEdition(),
                takeOver,
                edition -> dispatch(editions.sendSettings.only(edition)));
    }

    Node node() {
        return node;
    }

    TakeOver takeOver() {
        return takeOver;
    }

    ComposeEdition composeEdition() {
        return composeEdition;
    }

    SendEdition sendEdition() {
        return sendEdition;
    }

    DueEditions dueEditions() {
        return new DueEditions(home.database, home.clock, editions.stores, composeEdition, home.zone);
    }

    /** Delivers all that is on its way; not yet started. */
    Dispatch dispatch() {
        return dispatch(editions.sendSettings);
    }

    private Dispatch dispatch(SendSettings settings) {
        return new Dispatch(
                home.database,
                home.clock,
                settings,
                editions.deliveries,
                editions.stores.editions(),
                home.newsletters,
                editions.letters,
                takeOver,
                editions.routes);
    }

    @Override
    public void close() {
        sendEdition.stop();
        node.close();
    }
}
