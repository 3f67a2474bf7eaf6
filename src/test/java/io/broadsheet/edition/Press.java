package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Selection;
import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.Mailbox;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.db.Tx;
import io.broadsheet.dkim.Signer;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.template.Templates;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A newsroom in a test: real stores and operations on one database, a clock that is moved by hand, and words for what happens in it. */
final class Press implements AutoCloseable {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Settings.Site SITE =
            new Settings.Site("Example Newsroom", "https://news.example.org", "en", ZoneId.of("UTC"));
    static final Settings.Mail MAIL = new Settings.Mail(
            new Mailbox("Example Newsroom", "news@news.example.org"),
            null,
            "1 Example Street",
            new Settings.Smtp(
                    "127.0.0.1",
                    25,
                    Settings.Security.NONE,
                    null,
                    null,
                    1,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5)),
            List.of(Duration.ofSeconds(1)),
            Duration.ofDays(4),
            100,
            Integer.MAX_VALUE,
            List.of(),
            new Settings.Feedback(
                    "bounces@bounce.example.org",
                    new Settings.Suppress(3, Duration.ofDays(30)),
                    "unsubscribe@bounce.example.org",
                    FeedbackDoors.NONE));
    static final byte[] SECRET = new byte[32];

    final TestClock clock = TestClock.at("2026-11-23T12:00:00Z");
    final Database database;
    final Ids ids = new Ids(clock);
    final SourceStore sources = new SourceStore(ids);
    final ArticleStore articles = new ArticleStore(sources);
    final NewsletterStore newsletters = new NewsletterStore(ids);
    final Stores people = Stores.with(ids, newsletters);
    final Tokens tokens = new Tokens(SECRET);
    final EditionStores stores;
    final Letters letters;
    final Node node;
    final TableQueue queue = new TableQueue(clock);
    final ComposeEdition composeEdition;
    final DueEditions dueEditions;

    Press(TestDatabase test) {
        this.database = test.database();
        this.stores = new EditionStores(
                articles,
                newsletters,
                people.subscribers(),
                people.subscriptions(),
                new EditionStore(),
                new VariantStore(ids),
                new RetractionStore());
        Templates templates = new Templates(test.home().resolve("templates"));
        this.letters = new Letters(
                database,
                clock,
                stores,
                new RenderDigest(templates),
                new RenderConfirmation(templates),
                new MessageIds(SECRET, Letters.host(SITE)),
                new ReturnPaths(SECRET, MAIL.feedback().returnPath()),
                tokens,
                SITE,
                MAIL,
                Signer.of(MAIL.dkim(), clock));
        this.node = Node.join(database, test.home().resolve("data"), Node.Kind.SERVE, ids, clock, "0.1.0");
        this.composeEdition = composing(queue);
        this.dueEditions = new DueEditions(database, clock, stores, composeEdition, SITE.timeZone());
        source("press");
    }

    ComposeEdition composing(Queue into) {
        return new ComposeEdition(database, clock, ids, node, stores, into, letters, SITE.timeZone());
    }

    // what is defined

    void source(String name) {
        database.writing(tx -> sources.put(
                tx,
                new SourceDefinition(
                        name,
                        SourceDefinition.Kind.FEED,
                        "https://" + name + ".example.org/rss.xml",
                        null,
                        Duration.ofMinutes(15),
                        List.of(),
                        0,
                        null,
                        null),
                true,
                clock.instant()));
    }

    static CadenceDefinition each() {
        return new CadenceDefinition("each", null, null, false, Missed.CATCH_UP, 1);
    }

    /** At seven in Berlin, which is six in UTC in winter. */
    static CadenceDefinition daily() {
        return new CadenceDefinition("daily", "0 0 7 * * ?", BERLIN, false, Missed.CATCH_UP, 1);
    }

    static CadenceDefinition weekly() {
        return new CadenceDefinition("weekly", "0 0 8 ? * MON", BERLIN, false, Missed.CATCH_UP, 1);
    }

    static NewsletterDefinition newsletter(String name, CadenceDefinition... cadences) {
        return new NewsletterDefinition(
                name,
                "Example News",
                null,
                Selection.ALL,
                "digest",
                "$newsletter.title: $edition.articles.size() new",
                Unknown.RESEND,
                Arrays.asList(cadences),
                50,
                null,
                null,
                null,
                null,
                false);
    }

    static NewsletterDefinition paused(NewsletterDefinition definition) {
        return with(definition, definition.maximum(), definition.subject(), true);
    }

    static NewsletterDefinition with(NewsletterDefinition one, int maximum, String subject, boolean paused) {
        return new NewsletterDefinition(
                one.name(),
                one.title(),
                one.description(),
                one.select(),
                one.template(),
                subject,
                one.unknown(),
                one.cadences(),
                maximum,
                one.language(),
                one.from(),
                one.replyTo(),
                one.giveUp(),
                paused);
    }

    void apply(NewsletterDefinition definition) {
        database.writing(tx -> newsletters.put(tx, definition, true, clock.instant()));
    }

    // what happens

    Press at(String instant) {
        clock.set(Instant.parse(instant));
        return this;
    }

    /** A story becomes news now. */
    ArticleId news(String title) {
        return news("press", title, clock.instant());
    }

    /** @param eligible absent: back catalogue */
    ArticleId news(String source, String title, @Nullable Instant eligible) {
        long id = ids.next();
        database.writing(tx -> {
            SourceId from = sources.find(tx, source).orElseThrow().id();
            article(tx, id, title);
            tx.update("""
                            insert into sighting (id, article_id, source_id, text_key, fingerprint, seen_at, ordered_at, eligible_at, joined_by)
                            values (:id, :article, :source, 'k', 'f', :now, :now, :eligible, 'new')
                            """)
                    .bind("id", ids.next())
                    .bind("article", id)
                    .bind("source", from.value())
                    .bind("now", clock.millis())
                    .bind("eligible", eligible == null ? null : eligible.toEpochMilli())
                    .execute();
        });
        return new ArticleId(id);
    }

    private void article(Tx tx, long id, String title) {
        tx.update("""
                        insert into article (id, url, title, summary, content, categories, enclosures, updated_at, collected_at, ordered_at,
                                             fingerprint, sanitiser)
                        values (:id, :url, :title, '<p>Summary.</p>', '<p>Text.</p>', '[]', '[]', :now, :now, :now, 'f', 1)
                        """)
                .bind("id", id)
                .bind("url", "https://press.example.org/" + id)
                .bind("title", title)
                .bind("now", clock.millis())
                .execute();
    }

    SubscriberId joins(String email, String newsletter, String cadence) {
        return joins(email, newsletter, cadence, null);
    }

    SubscriberId joins(String email, String newsletter, String cadence, @Nullable String timeZone) {
        new AddSubscriber(database, clock, people, SITE.timeZone())
                .add(new AddSubscriber.Request(
                        email, newsletter, cadence, "they asked at a fair", null, null, timeZone, List.of()));
        return database.read(tx -> people.subscribers()
                .find(tx, io.broadsheet.subscriber.Address.of(email))
                .orElseThrow()
                .id());
    }

    List<Composed> due(String newsletter, String cadence) {
        return dueEditions.run(newsletter, cadence);
    }

    Composed send(String newsletter, @Nullable String cadence) {
        return send(newsletter, cadence, 0);
    }

    Composed send(String newsletter, @Nullable String cadence, int backlog) {
        return composeEdition.compose(
                ComposeRequest.byHand(newsletter, cadence, backlog, clock.instant()), Progress.NONE);
    }

    /** All deliveries of an edition end in this state, and with them the edition. */
    void delivered(Composed composed, String state) {
        database.writing(tx -> {
            tx.update("update delivery set state = :state where edition_id = :edition and state = 'queued'")
                    .bind("state", state)
                    .bind("edition", composed.edition().value())
                    .execute();
            stores.editions().move(tx, composed.edition(), Edition.State.SENDING, Edition.State.SENT, clock.instant());
        });
    }

    void delivered(Composed composed) {
        delivered(composed, "accepted");
    }

    /** Titles that a delivery holds, as its reader sees them from the top; none when there is no delivery. */
    List<String> got(Composed composed, SubscriberId reader) {
        return titles(composed, reader, "");
    }

    List<String> shown(Composed composed, SubscriberId reader) {
        return titles(composed, reader, "and v.shown");
    }

    private List<String> titles(Composed composed, SubscriberId reader, String also) {
        return database.read(tx -> tx.query("""
                        select a.title
                        from delivery d
                        join variant_article v on v.variant_id = d.variant_id
                        join article a on a.id = v.article_id
                        where d.edition_id = :edition and d.subscriber_id = :reader <also>
                        order by v.position
                        """)
                .define("also", also)
                .bind("edition", composed.edition().value())
                .bind("reader", reader.value())
                .mapTo(String.class)
                .list());
    }

    Edition edition(Composed composed) {
        return database.read(
                tx -> stores.editions().find(tx, composed.edition()).orElseThrow());
    }

    long count(String sql, UnaryOperator<org.jdbi.v3.core.statement.Query> bind) {
        return database.read(tx -> bind.apply(tx.query(sql)).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        node.close();
    }
}
