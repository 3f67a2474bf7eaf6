package io.broadsheet.delivery;

import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Selection;
import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.Mailbox;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.dkim.Signer;
import io.broadsheet.edition.ComposeEdition;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.edition.Letters;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.edition.RenderConfirmation;
import io.broadsheet.edition.RenderDigest;
import io.broadsheet.edition.RetractionStore;
import io.broadsheet.edition.ReturnPaths;
import io.broadsheet.edition.VariantStore;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceStore;
import io.broadsheet.subscriber.ShowSubscriber;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.template.Templates;
import io.broadsheet.test.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** From an article to the mail server, with all real parts: one newsletter, its readers, and what sends by hand. */
final class Newsroom implements AutoCloseable {
    private static final Settings.Site SITE =
            new Settings.Site("Example Newsroom", "https://news.example.org", "en", ZoneId.of("UTC"));
    private static final byte[] SECRET = new byte[32];

    final Clock clock;
    final Database database;
    final Node node;
    final ShowEdition showEdition;
    final CancelEdition cancelEdition;
    final PauseEdition pauseEdition;
    final SettleEdition settleEdition;
    final ExplainDelivery explainDelivery;
    final ExplainReader explainReader;
    final ExplainEdition explainEdition;
    final ListDeliveries listDeliveries;
    final SendEdition sendEdition;
    final SendTest sendTest;
    final PreviewEdition previewEdition;
    final DeliveryStore deliveries;
    private final NewsletterId newsletter;
    private final SendSettings settings;
    private final EditionStores stores;
    private final NewsletterStore newsletters;
    private final Letters letters;
    final TakeOver takeOver;

    Newsroom(TestDatabase test, Clock clock, Node.Kind kind, int port, Duration retry) {
        this.clock = clock;
        this.database = test.database();
        Ids ids = new Ids(Clock.systemUTC());
        this.node = Node.join(database, test.home().resolve("data"), kind, ids, clock, "test");
        Settings.Smtp smtp = new Settings.Smtp(
                "127.0.0.1", port, Settings.Security.NONE, null, null, 3, Duration.ofSeconds(2), Duration.ofSeconds(5));
        Settings.Mail mail = new Settings.Mail(
                new Mailbox("Example Newsroom", "news@news.example.org"),
                null,
                null,
                smtp,
                List.of(retry),
                Duration.ofDays(2),
                0,
                Integer.MAX_VALUE,
                List.of(),
                new Settings.Feedback(null, new Settings.Suppress(3, Duration.ofDays(30)), null, FeedbackDoors.NONE));
        this.settings = new SendSettings(
                List.of(SenderSettings.of(mail.smtp())),
                Letters.host(SITE),
                SITE.timeZone(),
                mail.retry(),
                mail.giveUp(),
                null);
        SourceStore sources = new SourceStore(ids);
        this.newsletters = new NewsletterStore(ids);
        Stores people = Stores.with(ids, newsletters);
        this.stores = new EditionStores(
                new ArticleStore(sources),
                newsletters,
                people.subscribers(),
                people.subscriptions(),
                new EditionStore(),
                new VariantStore(ids),
                new RetractionStore());
        Templates templates = new Templates(test.home().resolve("templates"));
        MessageIds messageIds = new MessageIds(SECRET, Letters.host(SITE));
        this.letters = new Letters(
                database,
                clock,
                stores,
                new RenderDigest(templates),
                new RenderConfirmation(templates),
                messageIds,
                new ReturnPaths(SECRET, null),
                new Tokens(SECRET),
                SITE,
                mail,
                Signer.of(mail.dkim(), clock));
        this.deliveries = new DeliveryStore(clock);
        this.takeOver = new TakeOver(database, clock, node, stores.editions(), deliveries);
        ComposeEdition composeEdition =
                new ComposeEdition(database, clock, ids, node, stores, deliveries, letters, SITE.timeZone());
        this.showEdition = new ShowEdition(database, stores, deliveries);
        this.cancelEdition = new CancelEdition(database, clock, stores.editions(), deliveries, showEdition);
        this.listDeliveries = new ListDeliveries(database, showEdition, deliveries, messageIds);
        this.sendEdition = new SendEdition(
                database,
                clock,
                node,
                stores,
                deliveries,
                composeEdition,
                showEdition,
                takeOver,
                edition -> sender(settings.only(edition)));
        this.previewEdition = new PreviewEdition(database, clock, ids, stores, letters, SITE.timeZone());
        this.pauseEdition = new PauseEdition(database, stores, showEdition);
        this.settleEdition = new SettleEdition(database, clock, stores, showEdition);
        DeliverySwitch deliverySwitch = new DeliverySwitch(database, clock);
        this.explainDelivery =
                new ExplainDelivery(database, stores, people.suppressions(), showEdition, messageIds, deliverySwitch);
        this.explainReader = new ExplainReader(
                database,
                clock,
                SITE.timeZone(),
                stores,
                new ShowSubscriber(database, people),
                previewEdition,
                deliverySwitch);
        this.explainEdition = new ExplainEdition(database, showEdition, deliverySwitch);
        this.sendTest = new SendTest(settings, Sending.routes(clock, settings.name()));
        this.newsletter = database.write(tx -> {
            sources.put(
                    tx,
                    new SourceDefinition(
                            "press",
                            SourceDefinition.Kind.FEED,
                            "https://press.example.org/rss.xml",
                            null,
                            Duration.ofMinutes(15),
                            List.of(),
                            0,
                            null,
                            null),
                    true,
                    clock.instant());
            return newsletters.put(tx, definition(), true, clock.instant());
        });
    }

    private static NewsletterDefinition definition() {
        return new NewsletterDefinition(
                "news",
                "Example News",
                null,
                Selection.ALL,
                "digest",
                "$newsletter.title: $edition.articles.size() new",
                NewsletterDefinition.Unknown.RESEND,
                List.of(new CadenceDefinition("each", null, null, false, CadenceDefinition.Missed.CATCH_UP, 1)),
                50,
                null,
                null,
                null,
                null,
                false);
    }

    /** A sender of all that is on its way, as {@code serve} has. */
    Dispatch sender() {
        return sender(settings);
    }

    private Dispatch sender(SendSettings how) {
        return new Dispatch(
                database,
                clock,
                how,
                deliveries,
                stores.editions(),
                newsletters,
                letters,
                takeOver,
                Sending.routes(clock, how.name()));
    }

    /** {@code rN@example.org}, an active reader of {@code each}. */
    void reader(long id) {
        reader(id, "active");
    }

    void reader(long id, String state) {
        long now = clock.millis();
        database.writing(tx -> {
            tx.update(
                            "insert into subscriber (id, address, address_key, created_at) values (:id, :address, :address, :now)")
                    .bind("id", id)
                    .bind("address", "r" + id + "@example.org")
                    .bind("now", now)
                    .execute();
            tx.update("""
                    insert into subscription (newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at)
                    values (:newsletter, :id, 'each', '[]', :state, :now, :now, 0)
                    """)
                    .bind("newsletter", newsletter.value())
                    .bind("id", id)
                    .bind("state", state)
                    .bind("now", now)
                    .execute();
        });
    }

    /** Asks for the mail by which a pending reader confirms. */
    void confirmation(long reader) {
        database.writing(tx -> tx.update("""
                        insert into outbox (id, kind, newsletter_id, subscriber_id, state, created_at, changed_at)
                        values (:reader, 'confirm', :newsletter, :reader, 'queued', :now, :now)
                        """)
                .bind("reader", reader)
                .bind("newsletter", newsletter.value())
                .bind("now", clock.millis())
                .execute());
    }

    /** News as of now. */
    void article(long id, String title) {
        long now = clock.millis();
        database.writing(tx -> {
            tx.update("""
                    insert into article (id, url, title, content, categories, enclosures, updated_at, collected_at, ordered_at, fingerprint, sanitiser)
                    values (:id, :url, :title, '<p>It is so.</p>', '[]', '[]', :now, :now, :now, 'f', 1)
                    """)
                    .bind("id", id)
                    .bind("url", "https://press.example.org/" + id)
                    .bind("title", title)
                    .bind("now", now)
                    .execute();
            tx.update("""
                    insert into sighting (id, article_id, source_id, text_key, fingerprint, seen_at, ordered_at, eligible_at, joined_by)
                    select :id, :id, id, 't', 'f', :now, :now, :now, 'new'
                    from source
                    """).bind("id", id).bind("now", now).execute();
        });
    }

    Counts counts(String edition) {
        return database.read(tx -> deliveries.counts(tx, EditionId.parse(edition)));
    }

    @Override
    public void close() {
        node.close();
    }
}
