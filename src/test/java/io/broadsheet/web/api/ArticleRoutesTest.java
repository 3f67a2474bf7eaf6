package io.broadsheet.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Candidate;
import io.broadsheet.article.HeldArticles;
import io.broadsheet.article.PostArticles;
import io.broadsheet.article.Selection;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.db.Ids;
import io.broadsheet.json.Json;
import io.broadsheet.source.CheckToken;
import io.broadsheet.source.GrantToken;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.SourceToken;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.ErrorPage;
import io.broadsheet.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Articles posted over real HTTP, by those who may and those who may not. */
class ArticleRoutesTest {
    private static final String BRIDGE =
            "{\"id\":\"b1\",\"title\":\"Bridge reopens\",\"content\":\"<p>It is open.</p>\",\"published\":\"2026-11-24T07:30:00+01:00\"}";

    /** A server, the api source {@code desk}, and a token for it. */
    private static final class Desk implements AutoCloseable {
        final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
        final TestDatabase test;
        final Ids ids = new Ids(clock);
        final SourceStore sources = new SourceStore(ids);
        final ArticleStore articles = new ArticleStore(sources);
        final GrantToken grantToken;
        final HttpClient client = HttpClient.newHttpClient();
        final WebServer server;
        final String token;
        final AtomicInteger arrivals = new AtomicInteger();

        Desk(TestDatabase test) {
            this.test = test;
            SourceDefinition desk = new SourceDefinition(
                    "desk",
                    SourceDefinition.Kind.API,
                    null,
                    null,
                    Duration.ofMinutes(15),
                    List.of("press"),
                    0,
                    null,
                    null);
            test.database().writing(tx -> sources.put(tx, desk, true, clock.instant()));
            grantToken = new GrantToken(test.database(), clock, ids, sources);
            token = grantToken.grant("desk", "the editorial system").token();
            ArticleRoutes routes = new ArticleRoutes(
                    new CheckToken(test.database(), clock, sources),
                    new PostArticles(test.database(), clock, ids, sources, articles, "en"),
                    new ClientAddress(List.of()),
                    "https://news.example.org",
                    clock,
                    arrivals::incrementAndGet);
            server = new WebServer(
                    new ListenAddress("127.0.0.1", 0), Duration.ofSeconds(2), List.of(routes), ErrorPage.PLAIN);
            server.start();
        }

        HttpRequest.Builder request() {
            return request("");
        }

        HttpRequest.Builder request(String query) {
            return HttpRequest.newBuilder(URI.create("http://" + server.bound() + "/api/v1/articles" + query))
                    .timeout(Duration.ofSeconds(20));
        }

        HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request = request()
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> postTo(String query, String body) throws IOException, InterruptedException {
            HttpRequest.Builder request = request(query).POST(BodyPublishers.ofString(body));
            request.headers("Authorization", "Bearer " + token, "Content-Type", "application/json");
            return client.send(request.build(), BodyHandlers.ofString());
        }

        int postAs(String authorization) throws IOException, InterruptedException {
            HttpRequest request = request()
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BRIDGE))
                    .build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }

        List<Article> stored() {
            return test.database().read(tx -> articles.newest(tx, Selection.ALL, 100));
        }

        int news() {
            Instant now = clock.instant().plusSeconds(1);
            return test.database()
                    .read(tx -> articles.eligible(tx, Selection.ALL, Instant.EPOCH, now, 100))
                    .size();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static Map<?, ?> json(HttpResponse<String> answer) {
        return Json.read(answer.body(), Map.class);
    }

    private static List<?> errors(HttpResponse<String> answer) {
        return (List<?>) json(answer).get("errors");
    }

    @OnBothDatabases
    void a_new_article_is_created_and_the_same_again_is_the_same(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpResponse<String> first = desk.post(BRIDGE);
            HttpResponse<String> again = desk.post(BRIDGE);
            HttpResponse<String> reworded = desk.post(BRIDGE.replace("is open", "is open to all"));

            String id = String.valueOf(json(first).get("id"));
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(first.headers().firstValue("Location")).contains("https://news.example.org/a/" + id);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body())
                    .isEqualTo("{\"id\":\"%s\",\"state\":\"known\",\"page\":\"https://news.example.org/a/%s\"}"
                            .formatted(id, id));
            assertThat(reworded.body()).contains("\"id\":\"" + id + "\"", "\"state\":\"revised\"");
            assertThat(desk.stored()).singleElement().satisfies(article -> {
                assertThat(article.content()).isEqualTo("<p>It is open to all.</p>");
                assertThat(article.published()).isEqualTo(Instant.parse("2026-11-24T06:30:00Z"));
            });
            assertThat(desk.arrivals).hasValue(2);
            assertThat(desk.news())
                    .as("what is posted is news from the first on")
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void a_list_is_taken_whole_or_not_at_all(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpResponse<String> bad = desk.post("[" + BRIDGE + ",{\"id\":\"t1\",\"titel\":\"Tunnel\"}]");
            HttpResponse<String> twice = desk.post("[" + BRIDGE + "," + BRIDGE.replace("Bridge", "Tunnel") + "]");
            int afterBad = desk.stored().size();
            HttpResponse<String> good = desk.post("[" + BRIDGE + ",{\"id\":\"t1\",\"title\":\"Tunnel\"}]");
            HttpResponse<String> none = desk.post("[]");

            assertThat(bad.statusCode()).isEqualTo(422);
            assertThat(bad.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(bad.body())
                    .contains("{\"pointer\":\"#/1\",\"detail\":\"unknown name 'titel'; did you mean 'title'?\"}")
                    .contains("\"pointer\":\"#/1/title\"");
            assertThat(twice.body()).contains("\"pointer\":\"#/1/id\"");
            assertThat(afterBad).isZero();
            assertThat(good.statusCode()).isEqualTo(201);
            assertThat((List<?>) json(good).get("articles")).hasSize(2);
            assertThat(none.statusCode()).isEqualTo(200);
            assertThat(desk.stored()).extracting(Article::title).containsExactlyInAnyOrder("Bridge reopens", "Tunnel");
        }
    }

    @OnBothDatabases
    void only_a_good_token_lets_anybody_in(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpResponse<String> without = desk.client.send(
                    desk.request().POST(BodyPublishers.ofString(BRIDGE)).build(), BodyHandlers.ofString());
            int wrong = desk.postAs("Bearer broadsheet_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            int basic = desk.postAs("Basic " + desk.token);
            int cut = desk.postAs("Bearer " + desk.token.substring(0, desk.token.length() - 1));
            int right = desk.postAs("bearer " + desk.token);
            SourceToken token = desk.grantToken.list().get(0);
            SourceToken revoked = desk.grantToken.revoke(token.id());
            int afterwards = desk.postAs("Bearer " + desk.token);
            String other = desk.grantToken.grant("desk", null).token();
            test.database().writing(tx -> desk.sources.close(tx, "desk", desk.clock.instant()));
            int closed = desk.postAs("Bearer " + other);

            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"articles\"");
            assertThat(List.of(wrong, basic, cut, right, afterwards, closed))
                    .containsExactly(401, 401, 401, 201, 401, 403);
            assertThat(token.used()).isEqualTo(desk.clock.instant());
            assertThat(revoked.revoked()).isEqualTo(desk.clock.instant());
            String stored = test.database()
                    .read(tx -> tx.query("select hash from source_token order by id limit 1")
                            .mapTo(String.class)
                            .one());
            assertThat(stored).as("what is stored opens nothing").hasSize(64).isNotEqualTo(desk.token);
            assertThat(desk.stored()).hasSize(1);
        }
    }

    @OnBothDatabases
    void hostile_bodies_are_refused_with_their_reason_and_store_nothing(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            assertThat(desk.post("[".repeat(200_000)).body()).contains("nests deeper than 5 levels");
            assertThat(desk.post("{\"title\":\"a\",\"title\":\"b\"}").statusCode())
                    .isEqualTo(400);
            assertThat(desk.post("{\"title\":\"a\"").body()).contains("\"status\":400", "not JSON at line 1");
            assertThat(desk.post("").statusCode()).isIn(400, 422);
            assertThat(desk.post("null").statusCode()).isEqualTo(422);
            assertThat(desk.post(
                                    "{\"id\":1,\"title\":[\"a\"],\"published\":\"yesterday\",\"categories\":{},"
                                            + "\"url\":\"javascript:alert(1)\",\"enclosures\":[{\"url\":\"file:///etc/passwd\",\"length\":-1}]}")
                            .body())
                    .contains("#/id", "#/title", "#/published", "#/categories", "#/url", "#/enclosures/0/url")
                    .contains("#/enclosures/0/length");
            assertThat(desk.post("{\"title\":\"Neither id nor url\"}").statusCode())
                    .isEqualTo(422);
            assertThat(errors(desk.post("[" + "1,".repeat(400) + "1]")))
                    .as("mistakes are listed up to a number")
                    .hasSize(50);
            assertThat(desk.post("{\"id\":\"a\",\"title\":\"" + "x".repeat(1_001) + "\"}")
                            .body())
                    .contains("longer than 1000 octets");
            assertThat(desk.post("{\"id\":\"a\",\"title\":\"a\",\"published\":\"2026-02-30T00:00:00Z\"}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(desk.post("{\"n\":" + "9".repeat(100_000) + "}").statusCode())
                    .isEqualTo(400);
            assertThat(desk.stored()).isEmpty();
        }
    }

    @OnBothDatabases
    void a_body_of_a_hundred_megabytes_is_not_read(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            assertThat(isTooLarge(desk, BodyPublishers.ofByteArray(new byte[100 << 20])))
                    .isTrue();
            assertThat(isTooLarge(desk, BodyPublishers.ofInputStream(() -> new Endless(100 << 20))))
                    .as("without a Content-Length")
                    .isTrue();
            assertThat(desk.post(BRIDGE).statusCode()).isEqualTo(201);
        }
    }

    /** 413, or the connection broken off under a client that still sends: which of them it sees first is a matter of time. */
    private static boolean isTooLarge(Desk desk, HttpRequest.BodyPublisher body) throws InterruptedException {
        HttpRequest request = desk.request()
                .header("Authorization", "Bearer " + desk.token)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        try {
            return desk.client.send(request, BodyHandlers.ofString()).statusCode() == 413;
        } catch (IOException e) {
            return true;
        }
    }

    private static final class Endless extends InputStream {
        private long left;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }
    }

    @OnBothDatabases
    void markup_and_line_breaks_come_to_nothing(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpResponse<String> answer = desk.post(
                    "{\"id\":\"a\\r\\nX-Injected: 1\",\"title\":\"One\\r\\nBcc: eve@example.org\\u0000\","
                            + "\"author\":\"Ada\\nLovelace\",\"content\":\"<p onclick=x()>Text<script>alert(1)</script>"
                            + "<a href='javascript:x()'>y</a></p>\",\"summary\":\"<svg onload=x()>S\",\"categories\":[\"a\\nb\"]}");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().map()).doesNotContainKey("x-injected");
            assertThat(desk.stored()).singleElement().satisfies(article -> {
                assertThat(article.title()).isEqualTo("One Bcc: eve@example.org");
                assertThat(article.author()).isEqualTo("Ada Lovelace");
                assertThat(article.content()).doesNotContain("script", "onclick");
                assertThat(String.valueOf(article.summary())).doesNotContain("svg");
                assertThat(article.categories()).containsExactly("a b");
            });
        }
    }

    @OnBothDatabases
    void other_media_types_and_packed_bodies_are_not_taken(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpRequest.Builder form = desk.request()
                    .header("Authorization", "Bearer " + desk.token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("title=a"));
            int packed = desk.post(BRIDGE, "Content-Encoding", "gzip").statusCode();
            HttpResponse<String> got = desk.client.send(desk.request().GET().build(), BodyHandlers.ofString());

            assertThat(desk.client.send(form.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(415);
            assertThat(packed).isEqualTo(415);
            assertThat(got.statusCode()).isEqualTo(405);
            assertThat(got.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(desk.stored()).isEmpty();
        }
    }

    @OnBothDatabases
    void an_idempotency_key_stands_in_for_an_id(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            String bare = "{\"title\":\"Road closed\",\"content\":\"<p>Until noon.</p>\"}";
            HttpResponse<String> first = desk.post(bare, "Idempotency-Key", "\"8e03978e-40d5\"");
            HttpResponse<String> again = desk.post(bare, "Idempotency-Key", "\"8e03978e-40d5\"");

            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(json(again).get("id")).isEqualTo(json(first).get("id"));
        }
    }

    @OnBothDatabases
    void who_posts_too_often_or_guesses_is_asked_to_wait(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            int guesses = 0;
            while (desk.postAs("Bearer broadsheet_guess" + guesses) == 401) {
                guesses++;
            }
            int posts = 0;
            while (desk.post("[]").statusCode() == 200) {
                posts++;
            }
            HttpResponse<String> over = desk.post("[]");
            desk.clock.advance(Duration.ofMinutes(10));

            assertThat(guesses).isEqualTo(60);
            assertThat(posts).isEqualTo(600);
            assertThat(over.statusCode()).isEqualTo(429);
            assertThat(over.headers().firstValue("Retry-After")).contains("600");
            assertThat(desk.post("[]").statusCode()).isEqualTo(200);
        }
    }

    @OnBothDatabases
    void old_articles_are_published_and_no_news_and_held_ones_say_why(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            HttpResponse<String> old = desk.postTo("?back-catalogue=true", BRIDGE);
            HttpResponse<String> again = desk.post(BRIDGE);
            HttpResponse<String> odd = desk.postTo("?back-catalogue=yes", BRIDGE.replace("b1", "b2"));

            assertThat(old.statusCode()).isEqualTo(201);
            assertThat(again.body()).contains("\"state\":\"known\"");
            assertThat(odd.statusCode()).isEqualTo(400);
            assertThat(desk.stored()).hasSize(1);
            List<Candidate> news = test.database()
                    .read(tx -> desk.articles.eligible(
                            tx,
                            Selection.ALL,
                            Instant.EPOCH,
                            desk.clock.instant().plusSeconds(60),
                            10));
            assertThat(news).isEmpty();
            new HeldArticles(test.database(), desk.clock, desk.ids, desk.sources, desk.articles)
                    .hold(desk.stored().get(0).id(), "look again");
            assertThat(desk.post(BRIDGE).body())
                    .contains("\"state\":\"held\"", "\"why\":\"held by an admin: look again\"");
        }
    }
}
