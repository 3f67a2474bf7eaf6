package io.broadsheet;

import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Collect;
import io.broadsheet.article.ExplainArticle;
import io.broadsheet.article.ListArticles;
import io.broadsheet.article.Rulings;
import io.broadsheet.cli.Installation;
import io.broadsheet.cli.SourceOperations;
import io.broadsheet.config.Home;
import io.broadsheet.config.InstallationSecret;
import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.DatabaseAddress;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Migrations;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.CancelEdition;
import io.broadsheet.delivery.DeliverySwitch;
import io.broadsheet.delivery.ExplainDelivery;
import io.broadsheet.delivery.ExplainEdition;
import io.broadsheet.delivery.ExplainReader;
import io.broadsheet.delivery.ListDeliveries;
import io.broadsheet.delivery.PauseEdition;
import io.broadsheet.delivery.SendEdition;
import io.broadsheet.delivery.SendTest;
import io.broadsheet.delivery.SettleEdition;
import io.broadsheet.delivery.ShowEdition;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dns.Dns;
import io.broadsheet.doctor.ExamineMail;
import io.broadsheet.edition.CheckTemplate;
import io.broadsheet.edition.ListEditions;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.feed.FeedStore;
import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.feedback.ExportSuppressions;
import io.broadsheet.feedback.ImportSuppressions;
import io.broadsheet.feedback.ListSuppressions;
import io.broadsheet.feedback.ListUnparsed;
import io.broadsheet.feedback.ReviewRefusals;
import io.broadsheet.feedback.ShowSuppression;
import io.broadsheet.feedback.Suppress;
import io.broadsheet.feedback.TakeFeedback;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.provision.AddSources;
import io.broadsheet.provision.Apply;
import io.broadsheet.source.Discover;
import io.broadsheet.source.GrantToken;
import io.broadsheet.source.HubKeys;
import io.broadsheet.source.PauseSource;
import io.broadsheet.source.ShowSources;
import io.broadsheet.source.SourceMemoryStore;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.TestSource;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.ExportSubscribers;
import io.broadsheet.subscriber.ImportSubscribers;
import io.broadsheet.subscriber.ListSubscribers;
import io.broadsheet.subscriber.RemoveSubscriber;
import io.broadsheet.subscriber.ShowSubscriber;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscribe;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.subscriber.Unsubscribe;
import io.broadsheet.template.Templates;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: the objects of an opened home are built here in flow order, those of editions in {@link Editions}, of what comes back in {@link Returns}, those that
 * need a node in {@link Mailing}, those of a server in {@link Serving}, and closed in reverse. Building starts nothing.
 */
public final class Broadsheet implements Installation, io.broadsheet.demo.Installation {
    final Home home;
    final Clock clock;
    final Settings settings;
    final ZoneId zone;
    final Database database;
    final Ids ids;
    final SourceStore sources;
    final ArticleStore articles;
    final FeedStore feeds;
    final NewsletterStore newsletters;
    final Stores subscribers;
    final Templates templates;
    final HubKeys hubKeys;
    private final Tokens tokens;
    private final Editions editions;
    private final Returns returns;
    final Fetcher fetcher;
    final Robots robots;
    private final VisitSource visitSource;
    private final Visits visits;
    private final Collect collect;
    private final PublishFeeds publishFeeds;
    private @Nullable Mailing mailing;
    private @Nullable Serving serving;
    private boolean closed;

    private Broadsheet(Home home, Clock clock, Settings settings, Database database) {
        this.home = home;
        this.clock = clock;
        this.settings = settings;
        this.zone = settings.site().timeZone();
        this.database = database;
        this.ids = new Ids(clock);

        this.sources = new SourceStore(ids);
        this.articles = new ArticleStore(sources);
        this.feeds = new FeedStore(ids);
        this.newsletters = new NewsletterStore(ids);
        this.subscribers = Stores.with(ids, newsletters);

        this.fetcher = Fetching.fetcher(settings, clock);
        this.robots = new Robots(fetcher, clock);
        this.templates = new Templates(home.templates());
        byte[] secret = InstallationSecret.of(home);
        this.hubKeys = new HubKeys(secret);
        this.tokens = new Tokens(secret);
        this.editions = new Editions(this, templates, secret, tokens);
        this.returns = new Returns(this, editions, tokens);

        this.visitSource = new VisitSource(fetcher, robots, home.folder(), Fetching.media(home, settings, clock));
        this.visits =
                new Visits(visitSource, source -> database.read(tx -> new SourceMemoryStore().pages(tx, source.id())));
        this.collect = new Collect(
                database, clock, ids, sources, articles, visits, settings.site().language());
        this.publishFeeds = new PublishFeeds(home, settings.site(), database, clock, feeds, articles, sources);
    }

    /**
     * Opens a home.
     *
     * @param migrate whether an older schema is taken to this version
     * @throws io.broadsheet.error.UserError when the settings have problems, or the schema is of another version and may not be migrated
     */
    static Broadsheet open(Home home, Clock clock, boolean migrate) {
        Settings settings = Settings.load(home).orThrow();
        home.create();
        Database database = Database.open(address(home, settings.database()));
        try {
            Migrations migrations = new Migrations(database);
            if (migrate) {
                migrations.migrate();
            } else {
                migrations.expectCurrent();
            }
            return new Broadsheet(home, clock, settings, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static DatabaseAddress address(Home home, Settings.DatabaseSettings settings) {
        Secret password = settings.password();
        return new DatabaseAddress(
                settings.url(), settings.user(), password == null ? null : password.reveal(), home.folder());
    }

    static TemplateSyntax syntax(Home home) {
        return new CheckTemplate(new Templates(home.templates())).syntax();
    }

    Apply apply() {
        return new Apply(home, syntax(home), database, clock, sources, feeds, newsletters);
    }

    @Override
    public Collect collect() {
        return collect;
    }

    @Override
    public SourceOperations sources() {
        return new SourceOperations(
                new ShowSources(database, sources),
                new PauseSource(database, clock, sources),
                new TestSource(database, sources, visitSource),
                new Discover(fetcher, robots, zone),
                new AddSources(home, apply()));
    }

    @Override
    public ListArticles listArticles() {
        return new ListArticles(database, sources, articles, settings.site().url());
    }

    @Override
    public Rulings rulings() {
        return Rulings.of(database, clock, ids, sources, articles);
    }

    @Override
    public ExplainArticle explainArticle() {
        return new ExplainArticle(database, sources, articles, settings.site().url());
    }

    @Override
    public GrantToken grantToken() {
        return new GrantToken(database, clock, ids, sources);
    }

    @Override
    public PublishFeeds publishFeeds() {
        return publishFeeds;
    }

    @Override
    public AddSubscriber addSubscriber() {
        return new AddSubscriber(database, clock, subscribers, zone);
    }

    @Override
    public ImportSubscribers importSubscribers() {
        return new ImportSubscribers(database, clock, subscribers, zone);
    }

    @Override
    public ExportSubscribers exportSubscribers() {
        return new ExportSubscribers(listSubscribers());
    }

    @Override
    public ListSubscribers listSubscribers() {
        return new ListSubscribers(database, newsletters, subscribers.subscriptions());
    }

    @Override
    public ShowSubscriber showSubscriber() {
        return new ShowSubscriber(database, subscribers);
    }

    @Override
    public RemoveSubscriber removeSubscriber() {
        return new RemoveSubscriber(database, clock, subscribers);
    }

    Subscribe subscribe() {
        return new Subscribe(database, clock, subscribers, tokens, zone);
    }

    Unsubscribe unsubscribe() {
        return new Unsubscribe(database, clock, subscribers, tokens);
    }

    @Override
    public PreviewEdition previewEdition() {
        return editions.previewEdition();
    }

    @Override
    public SendTest sendTest() {
        return editions.sendTest();
    }

    @Override
    public ShowEdition showEdition() {
        return editions.showEdition();
    }

    @Override
    public ListEditions listEditions() {
        return editions.listEditions();
    }

    @Override
    public ListDeliveries listDeliveries() {
        return editions.listDeliveries();
    }

    @Override
    public CancelEdition cancelEdition() {
        return editions.cancelEdition();
    }

    @Override
    public PauseEdition pauseEdition() {
        return editions.pauseEdition();
    }

    @Override
    public SettleEdition settleEdition() {
        return editions.settleEdition();
    }

    @Override
    public DeliverySwitch deliverySwitch() {
        return new DeliverySwitch(database, clock);
    }

    @Override
    public ExamineMail examineMail() {
        Dns dns = new Dns(settings.dns().servers());
        return new ExamineMail(
                settings, database, newsletters, new Keyring(home, settings.mail(), clock, dns), dns, clock);
    }

    @Override
    public ExplainDelivery explainDelivery() {
        return editions.explainDelivery();
    }

    @Override
    public ExplainReader explainReader() {
        return editions.explainReader();
    }

    @Override
    public ExplainEdition explainEdition() {
        return editions.explainEdition();
    }

    @Override
    public synchronized SendEdition sendEdition() {
        if (mailing == null) {
            mailing = new Mailing(this, editions, Node.Kind.COMMAND);
        }
        return mailing.sendEdition();
    }

    TakeFeedback takeFeedback() {
        return returns.takeFeedback();
    }

    @Override
    public ReviewRefusals reviewRefusals() {
        return returns.reviewRefusals();
    }

    @Override
    public Suppress suppress() {
        return returns.suppress();
    }

    @Override
    public ListSuppressions listSuppressions() {
        return returns.listSuppressions();
    }

    @Override
    public ShowSuppression showSuppression() {
        return returns.showSuppression();
    }

    @Override
    public ImportSuppressions importSuppressions() {
        return returns.importSuppressions();
    }

    @Override
    public ExportSuppressions exportSuppressions() {
        return returns.exportSuppressions();
    }

    @Override
    public ListUnparsed listUnparsed() {
        return returns.listUnparsed();
    }

    @Override
    public int confirmAbove() {
        return settings.mail().confirmAbove();
    }

    @Override
    public synchronized URI serve() {
        mailing = new Mailing(this, editions, Node.Kind.SERVE);
        serving = new Serving(this, mailing);
        return serving.start();
    }

    /** Doors first, then the messages in flight, then what collects, then the database. Safe to call twice, and while an operation runs. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (serving != null) {
            serving.close();
        }
        if (mailing != null) {
            mailing.close();
        }
        visits.close();
        fetcher.close();
        database.close();
    }
}
