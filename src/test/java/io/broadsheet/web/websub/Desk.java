package io.broadsheet.web.websub;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Collect;
import io.broadsheet.article.Selection;
import io.broadsheet.article.TakePush;
import io.broadsheet.config.Home;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.feed.FeedDefinition;
import io.broadsheet.feed.FeedStore;
import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.AnswerHub;
import io.broadsheet.source.HubKeys;
import io.broadsheet.source.KeepHubs;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceMemory;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.web.ErrorPage;
import io.broadsheet.web.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects {@code press} from a server with a hub, and publishes the feed {@code news}. */
final class Desk implements AutoCloseable {
    final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    final AwkwardServer outside = new AwkwardServer();
    final TestHub hub = new TestHub(outside);
    final Database database;
    final Home home;
    final Ids ids = new Ids(clock);
    final SourceStore sources = new SourceStore(ids);
    final ArticleStore articles = new ArticleStore(sources);
    final Fetcher fetcher = fetcher(List.of("127.0.0.1"));
    final Visits visits;
    final Collect collect;
    final PublishFeeds publish;
    final AtomicInteger visitsAsked = new AtomicInteger();
    AnswerHub answerHub;
    PushQueue queue;
    WebServer server;
    KeepHubs keepHubs;

    Desk(TestDatabase test) {
        database = test.database();
        home = Home.at(test.home()).create();
        visits = new Visits(
                new VisitSource(
                        fetcher,
                        new Robots(fetcher, clock),
                        test.home(),
                        new MediaFiles(
                                test.home().resolve("feeds/media"), "https://news.example.org/feeds/media", clock)),
                source -> SourceMemory.NEW);
        collect = new Collect(database, clock, ids, sources, articles, visits, "en");
        FeedStore feeds = new FeedStore(ids);
        Settings settings = Settings.load(home).orThrow();
        publish = new PublishFeeds(home, settings.site(), database, clock, feeds, articles, sources);
        outside.on("/rss.xml", "application/rss+xml", document(WebSubTest.FIRST).getBytes(StandardCharsets.UTF_8));
        SourceDefinition press = new SourceDefinition(
                "press",
                SourceDefinition.Kind.FEED,
                outside.url("/rss.xml"),
                null,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null);
        database.writing(tx -> {
            sources.put(tx, press, true, clock.instant());
            feeds.put(tx, new FeedDefinition("news", "All news", null, Selection.ALL, 50, null), true, clock.instant());
        });
        start(0);
        collect.named(List.of("press"), Progress.NONE);
        publish.build(Progress.NONE);
    }

    Fetcher fetcher(List<String> allowed) {
        return new Fetcher(FetchSettings.of("test").allowing(allowed).within(Duration.ofSeconds(5)), clock);
    }

    /** What {@code serve} does; the second time on the first one's port. */
    private void start(int port) {
        HubKeys keys = new HubKeys(WebSubTest.SECRET);
        answerHub = new AnswerHub(database, clock, keys, sources);
        queue = new PushQueue(
                new TakePush(database, clock, ids, sources, articles, "en"),
                answerHub,
                clock,
                () -> publish.build(Progress.NONE),
                visitsAsked::incrementAndGet);
        server = new WebServer(
                new ListenAddress("127.0.0.1", port),
                Duration.ofSeconds(2),
                List.of(new HubRoutes(answerHub, queue, 1 << 16)),
                ErrorPage.PLAIN);
        server.start();
        keepHubs = keeping(fetcher);
        keepHubs.visitWhatIsOwed();
        queue.start();
    }

    KeepHubs keeping(Fetcher with) {
        return new KeepHubs(database, clock, with, sources, new HubKeys(WebSubTest.SECRET), "http://" + server.bound());
    }

    void restart() {
        int port = server.bound().port();
        stop();
        start(port);
    }

    private void stop() {
        server.close();
        queue.close();
    }

    String document(String items) {
        return """
                <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A</title>
                <atom:link rel="hub" href="%s"/><atom:link rel="self" href="%s"/>%s</channel></rss>
                """.formatted(outside.url("/hub"), outside.url("/topic"), items);
    }

    boolean published(String title) throws IOException {
        return Files.readString(news()).contains("<title>" + title + "</title>");
    }

    Path news() {
        return home.feeds().resolve("news.rss");
    }

    Source press() {
        return database.read(tx -> sources.find(tx, "press")).orElseThrow();
    }

    List<String> titles() {
        return database.read(tx -> articles.newest(tx, Selection.ALL, 100)).stream()
                .map(Article::title)
                .toList();
    }

    String stored(String column) {
        return database.read(tx -> tx.query("select " + column + " from hub_subscription")
                .mapTo(String.class)
                .findOne()
                .orElse("none"));
    }

    @Override
    public void close() {
        stop();
        visits.close();
        fetcher.close();
        outside.close();
    }
}
