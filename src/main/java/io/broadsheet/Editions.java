package io.broadsheet;

import io.broadsheet.delivery.CancelEdition;
import io.broadsheet.delivery.DeliveryStore;
import io.broadsheet.delivery.ExplainDelivery;
import io.broadsheet.delivery.ExplainEdition;
import io.broadsheet.delivery.ExplainReader;
import io.broadsheet.delivery.ListDeliveries;
import io.broadsheet.delivery.PauseEdition;
import io.broadsheet.delivery.SendSettings;
import io.broadsheet.delivery.SendTest;
import io.broadsheet.delivery.SenderRoutes;
import io.broadsheet.delivery.SettleEdition;
import io.broadsheet.delivery.ShowEdition;
import io.broadsheet.dkim.Signer;
import io.broadsheet.dns.Dns;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.edition.Letters;
import io.broadsheet.edition.ListEditions;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.edition.RenderConfirmation;
import io.broadsheet.edition.RenderDigest;
import io.broadsheet.edition.RetractionStore;
import io.broadsheet.edition.ReturnPaths;
import io.broadsheet.edition.VariantStore;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.template.Templates;

/** What shows, previews and takes back editions; none of it claims work, so it needs no node. */
final class Editions {
    final EditionStores stores;
    final DeliveryStore deliveries;
    final Signer signer;
    final Letters letters;
    final SendSettings sendSettings;
    final SenderRoutes routes;

    final MessageIds messageIds;
    final ReturnPaths returnPaths;

    private final Broadsheet home;

    Editions(Broadsheet home, Templates templates, byte[] secret, Tokens tokens) {
        this.home = home;
        this.stores = new EditionStores(
                home.articles,
                home.newsletters,
                home.subscribers.subscribers(),
                home.subscribers.subscriptions(),
                new EditionStore(home.settings.mail().holdAbove()),
                new VariantStore(home.ids),
                new RetractionStore());
        this.deliveries = new DeliveryStore(home.clock);
        this.messageIds = new MessageIds(secret, Letters.host(home.settings.site()));
        this.returnPaths =
                new ReturnPaths(secret, home.settings.mail().feedback().returnPath());
        this.signer = Signer.of(home.settings.mail().dkim(), home.clock);
        this.letters = new Letters(
                home.database,
                home.clock,
                stores,
                new RenderDigest(templates),
                new RenderConfirmation(templates),
                messageIds,
                returnPaths,
                tokens,
                home.settings.site(),
                home.settings.mail(),
                signer);
        this.sendSettings = SendSettings.of(home.settings);
        this.routes = new SenderRoutes(
                () -> new Dns(home.settings.dns().servers()),
                home.fetcher,
                home.home.mailPolicies(),
                home.clock,
                sendSettings.name());
    }

    PreviewEdition previewEdition() {
        return new PreviewEdition(home.database, home.clock, home.ids, stores, letters, home.zone);
    }

    SendTest sendTest() {
        return new SendTest(sendSettings, routes);
    }

    ShowEdition showEdition() {
        return new ShowEdition(home.database, stores, deliveries);
    }

    ListEditions listEditions() {
        return new ListEditions(home.database, home.newsletters, stores.editions());
    }

    ListDeliveries listDeliveries() {
        return new ListDeliveries(home.database, showEdition(), deliveries, messageIds);
    }

    PauseEdition pauseEdition() {
        return new PauseEdition(home.database, stores, showEdition());
    }

    SettleEdition settleEdition() {
        return new SettleEdition(home.database, home.clock, stores, showEdition());
    }

    ExplainDelivery explainDelivery() {
        return new ExplainDelivery(
                home.database,
                stores,
                home.subscribers.suppressions(),
                showEdition(),
                messageIds,
                home.deliverySwitch());
    }

    ExplainReader explainReader() {
        return new ExplainReader(
                home.database,
                home.clock,
                home.zone,
                stores,
                home.showSubscriber(),
                previewEdition(),
                home.deliverySwitch());
    }

    ExplainEdition explainEdition() {
        return new ExplainEdition(home.database, showEdition(), home.deliverySwitch());
    }

    CancelEdition cancelEdition() {
        return new CancelEdition(home.database, home.clock, stores.editions(), deliveries, showEdition());
    }
}
