package io.broadsheet.web.websub;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.broadsheet.source.PageMemory;
import io.broadsheet.source.PauseSource;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.web.ErrorPage;
import io.broadsheet.web.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A feed, its hub and we, over real HTTP. */
class WebSubTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String FIRST = item("Bridge", 1);

    private static String item(String title, int guid) {
        return "<item><title>%s</title><link>https://a.example/%d</link><guid>%d</guid></item>"
                .formatted(title, guid, guid);
    }

    /** Collects {@code press} from a server with a hub, and publishes the feed {@code news}. */
    private static final class Desk implements AutoCloseable {
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
                    new VisitSource(fetcher, new Robots(fetcher, clock), test.home()), source -> PageMemory.NEW);
            collect = new Collect(database, clock, ids, sources, articles, visits, "en");
            FeedStore feeds = new FeedStore(ids);
            Settings settings = Settings.load(home).orThrow();
            publish = new PublishFeeds(home, settings.site(), database, clock, feeds, articles, sources);
            outside.on("/rss.xml", "application/rss+xml", document(FIRST).getBytes(StandardCharsets.UTF_8));
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
                feeds.put(
                        tx,
                        new FeedDefinition("news", "All news", null, Selection.ALL, 50, null),
                        true,
                        clock.instant());
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
            HubKeys keys = new HubKeys(SECRET);
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
            return new KeepHubs(database, clock, with, sources, new HubKeys(SECRET), "http://" + server.bound());
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

    @OnBothDatabases
    void what_a_hub_pushes_is_in_the_feed_at_once_and_only_once(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String all = FIRST;
            int guid = 2;
            for (String method : List.of("sha1", "sha256", "sha384", "sha512")) {
                String title = "Signed by " + method;
                all = item(title, guid++) + all;
                long began = System.nanoTime();
                int status = desk.hub.push(method, desk.document(all));
                long answered = System.nanoTime();
                eventually(title + " is in the feed", () -> desk.published(title));
                System.out.printf(
                        "push %s: answered after %d ms, in the feed's file after %d ms%n",
                        method, (answered - began) / 1_000_000, (System.nanoTime() - began) / 1_000_000);
                assertThat(status).isEqualTo(202);
            }
            byte[] before = Files.readAllBytes(desk.news());
            desk.hub.push("sha256", desk.document(all));
            eventually("it is taken in", () -> desk.stored("owed_at").equals("none"));
            desk.publish.build(Progress.NONE);

            assertThat(desk.hub.asked).hasSize(1);
            assertThat(desk.hub.last())
                    .containsEntry("hub.topic", desk.outside.url("/topic"))
                    .containsEntry("hub.lease_seconds", "864000");
            assertThat(desk.hub.last().get("hub.secret")).hasSize(64);
            assertThat(desk.hub.proved).containsExactly(true);
            assertThat(desk.titles()).hasSize(5);
            assertThat(Files.readAllBytes(desk.news())).isEqualTo(before);
        }
    }

    @OnBothDatabases
    void a_push_that_the_hub_did_not_sign_is_ignored_and_not_told_so(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String forged = desk.document(item("Forged", 2));
            String callback = desk.hub.last().get("hub.callback");
            String right = TestHub.hmac("sha256", desk.hub.last().get("hub.secret"), forged);

            List<Integer> statuses = List.of(
                    desk.hub.push(callback, "", forged),
                    desk.hub.push(callback, "sha256=" + "0".repeat(64), forged),
                    desk.hub.push(callback, "sha256=" + TestHub.hmac("sha256", "guess", forged), forged),
                    desk.hub.push(callback, "sha1=" + right, forged),
                    desk.hub.push(callback, "md5=" + right, forged),
                    desk.hub.push(callback, "sha256=" + right, forged + " "),
                    desk.hub.push(callback.replaceFirst(".$", "~"), "sha256=" + right, forged));
            desk.hub.push("sha256", desk.document(item("Signed", 3)));
            eventually("what came after it is in the feed", () -> desk.published("Signed"));

            assertThat(statuses).containsExactly(202, 202, 202, 202, 202, 202, 404);
            assertThat(desk.titles()).containsExactlyInAnyOrder("Bridge", "Signed");
        }
    }

    @OnBothDatabases
    void a_lease_is_renewed_before_it_ends_and_visits_are_rarer_while_it_lasts(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            Duration before =
                    Duration.between(desk.clock.instant(), desk.press().next());
            desk.keepHubs.due();
            desk.collect.named(List.of("press"), Progress.NONE);
            Duration during =
                    Duration.between(desk.clock.instant(), desk.press().next());
            desk.clock.advance(Duration.ofDays(5).minusSeconds(1));
            desk.keepHubs.due();
            int tooEarly = desk.hub.asked.size();
            desk.clock.advance(Duration.ofDays(3).plusSeconds(2));
            desk.keepHubs.due();
            desk.keepHubs.due();
            int inTime = desk.hub.asked.size();
            desk.hub.asksBack = false;
            desk.clock.advance(Duration.ofDays(11));
            desk.collect.named(List.of("press"), Progress.NONE);
            Duration after = Duration.between(desk.clock.instant(), desk.press().next());

            assertThat(before).isEqualTo(Duration.ofMinutes(15));
            assertThat(during).isEqualTo(Duration.ofHours(1));
            assertThat(tooEarly).isEqualTo(1);
            assertThat(inTime).isEqualTo(2);
            assertThat(desk.hub.proved).containsExactly(true, true);
            assertThat(after).as("the lease ended").isEqualTo(Duration.ofMinutes(15));
        }
    }

    @OnBothDatabases
    void a_hub_that_is_away_or_says_no_is_asked_less_and_less(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.hub.status = 500;
            int[] asked = new int[4];
            for (int round = 0; round < asked.length; round++) {
                desk.keepHubs.due();
                asked[round] = desk.hub.asked.size();
                desk.clock.advance(Duration.ofMinutes(6));
            }
            String error = desk.stored("error");
            desk.hub.askBack(desk.hub.last(), "denied", desk.outside.url("/topic"));
            String state = desk.stored("state");
            String reason = desk.stored("error");
            desk.hub.status = 202;
            desk.keepHubs.due();
            int sameDay = desk.hub.asked.size();
            desk.clock.advance(Duration.ofDays(1));
            desk.keepHubs.due();

            assertThat(asked).containsExactly(1, 2, 2, 3);
            assertThat(error).isEqualTo("it answered with 500");
            assertThat(state).isEqualTo("denied");
            assertThat(reason).isEqualTo("the hub denied it: no room");
            assertThat(sameDay).isEqualTo(3);
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_restart_keeps_the_subscription_and_has_what_was_promised_visited(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String token = desk.hub.last().get("hub.callback").replaceFirst(".*/", "");
            String lost = "<rss/>";
            String signature =
                    "sha256=" + TestHub.hmac("sha256", desk.hub.last().get("hub.secret"), lost);
            long id = desk.answerHub.subscription(token).orElseThrow();
            // Promised, and killed before it was taken in.
            desk.answerHub.push(id, signature, lost.getBytes(StandardCharsets.UTF_8));
            desk.restart();
            Instant due = desk.press().next();
            desk.keepHubs.due();
            desk.hub.push("sha512", desk.document(item("After the restart", 2)));
            eventually("it is in the feed", () -> desk.published("After the restart"));

            assertThat(due).isEqualTo(desk.clock.instant());
            assertThat(desk.hub.asked).as("nothing was asked again").hasSize(1);
        }
    }

    @OnBothDatabases
    void questions_about_what_we_did_not_mean_are_denied(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String topic = desk.outside.url("/topic");

            assertThat(desk.hub
                            .askBack(desk.hub.last(), "subscribe", topic + "2")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(desk.hub.askBack(desk.hub.last(), "unsubscribe", topic).statusCode())
                    .isEqualTo(404);
            assertThat(desk.hub.askBack(desk.hub.last(), "publish", topic).statusCode())
                    .isEqualTo(404);
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_closed_source_is_unsubscribed_and_its_hub_hears_that_it_is_gone(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String callback = desk.hub.last().get("hub.callback");
            desk.database.writing(tx -> desk.sources.close(tx, "press", desk.clock.instant()));
            desk.keepHubs.due();

            assertThat(desk.hub.last()).containsEntry("hub.mode", "unsubscribe").doesNotContainKey("hub.secret");
            assertThat(desk.hub.proved).containsExactly(true, true);
            assertThat(desk.stored("state")).isEqualTo("none");
            assertThat(desk.hub.push(callback, "sha256=" + "0".repeat(64), "<rss/>"))
                    .isEqualTo(410);
        }
    }

    @OnBothDatabases
    void a_paused_source_is_unsubscribed_and_once_resumed_its_hub_is_found_anew(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            PauseSource pause = new PauseSource(desk.database, desk.clock, desk.sources);
            pause.pause("press");
            desk.keepHubs.due();
            String afterPause = desk.hub.last().get("hub.mode");
            pause.resume("press");
            desk.collect.named(List.of("press"), Progress.NONE);
            desk.keepHubs.due();

            assertThat(afterPause).isEqualTo("unsubscribe");
            assertThat(desk.hub.last()).containsEntry("hub.mode", "subscribe");
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_hub_at_a_private_address_is_not_asked(TestDatabase test) {
        try (Desk desk = new Desk(test);
                Fetcher guarded = desk.fetcher(List.of())) {
            desk.keeping(guarded).due();

            assertThat(desk.hub.asked).isEmpty();
            assertThat(desk.stored("error")).contains("private");
        }
    }

    @OnBothDatabases
    void what_cannot_be_taken_in_is_visited_instead(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            int large = desk.hub.push("sha256", desk.document(" ".repeat(70_000)));
            eventually("a visit is asked for", () -> desk.visitsAsked.get() == 1);
            desk.hub.push("sha256", "no feed at all");
            eventually("another is asked for", () -> desk.visitsAsked.get() == 2);

            assertThat(large).isEqualTo(202);
            assertThat(desk.press().next()).isEqualTo(desk.clock.instant());
            assertThat(desk.stored("owed_at")).isEqualTo("none");
        }
    }
}
