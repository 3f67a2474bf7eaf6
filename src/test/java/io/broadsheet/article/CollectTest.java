package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.error.UserError;
import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.json.Json;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.Entry;
import io.broadsheet.source.FetchState;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceMemory;
import io.broadsheet.source.Visit;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collecting from real folders and a real server, by several processes, and by one that is stopped half-way. */
class CollectTest {
    private static final String RSS = """
            <rss version="2.0"><channel><title>A</title><link>https://a.example/</link><description>A</description>
            <item><title>Bridge</title><link>https://a.example/bridge</link><guid>1</guid></item>
            </channel></rss>
            """;

    @OnBothDatabases
    void a_round_visits_what_is_due_and_one_bad_source_stops_no_other(TestDatabase test) throws IOException {
        Newsroom newsroom = new Newsroom(test);
        Files.createDirectories(test.home().resolve("releases"));
        Files.writeString(test.home().resolve("releases/tunnel.md"), "# Tunnel opens\n\nIt is open.\n");
        try (AwkwardServer server = new AwkwardServer();
                Fetcher fetcher = fetcher();
                Visits visits = new Visits(visitSource(fetcher, newsroom, test), source -> SourceMemory.NEW)) {
            server.on("/rss.xml", "application/rss+xml", RSS.getBytes(StandardCharsets.UTF_8));
            define(newsroom, "bad", server.url("/nowhere.xml"), null);
            define(newsroom, "press", server.url("/rss.xml"), null);
            define(newsroom, "releases", null, "releases");
            Collect collect = collect(newsroom, visits);

            CollectReport first = collect.due(Progress.NONE);
            CollectReport second = collect.due(Progress.NONE);
            newsroom.later();
            CollectReport third = collect.due(Progress.NONE);

            assertThat(Json.write(first))
                    .contains(
                            "{\"name\":\"press\",\"status\":\"ok\",\"new\":1,\"revised\":0,\"seen\":1,\"error\":null}")
                    .endsWith("\"new\":2}");
            assertThat(first.sources())
                    .filteredOn(report -> report.name().equals("bad"))
                    .singleElement()
                    .satisfies(bad -> assertThat(bad.error()).contains("404"));
            assertThat(second.sources()).isEmpty();
            assertThat(third.sources())
                    .extracting(SourceReport::name, SourceReport::status)
                    .contains(
                            tuple("press", SourceReport.Status.UNCHANGED),
                            tuple("releases", SourceReport.Status.UNCHANGED));
            assertThat(newsroom.titles(Selection.ALL)).containsExactlyInAnyOrder("Bridge", "Tunnel opens");
        }
    }

    @OnBothDatabases
    void a_round_does_not_wait_for_a_slow_source_and_takes_what_it_brings_later(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        CountDownLatch answer = new CountDownLatch(1);
        try (AwkwardServer server = new AwkwardServer();
                Fetcher fetcher = fetcher();
                Visits visits = new Visits(visitSource(fetcher, newsroom, test), source -> SourceMemory.NEW)) {
            server.on("/rss.xml", "application/rss+xml", RSS.getBytes(StandardCharsets.UTF_8));
            server.on("/slow.xml", exchange -> {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                AwkwardServer.answer(
                        exchange,
                        200,
                        AwkwardServer.bytes(RSS.replace("ridge", "oat")),
                        Map.of("Content-Type", "text/xml"));
            });
            define(newsroom, "slow", server.url("/slow.xml"), null);
            define(newsroom, "press", server.url("/rss.xml"), null);
            Collect collect = collect(newsroom, visits);

            CollectReport round = collect.due(Progress.NONE);
            CollectReport again = collect.due(Progress.NONE);
            answer.countDown();
            List<SourceReport> late = new ArrayList<>();
            eventually(
                    "the slow one is taken in", () -> late.addAll(collect.late().sources()));

            assertThat(round.sources()).extracting(SourceReport::name).containsExactly("press");
            assertThat(again.sources()).isEmpty();
            assertThat(late).extracting(SourceReport::name).containsExactly("slow");
            assertThat(server.requests()).hasSize(2);
            assertThat(newsroom.titles(Selection.ALL)).containsExactlyInAnyOrder("Bridge", "Boat");
        } finally {
            answer.countDown();
        }
    }

    @OnBothDatabases
    void a_source_that_keeps_failing_is_asked_less_and_less_but_never_given_up(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 0);
        Visit failed = failed(null);

        List<Duration> waits = new ArrayList<>();
        for (int failures = 0; failures < 12; failures++) {
            newsroom.takeIn.take(newsroom.stored("press"), failed);
            waits.add(Duration.between(
                    newsroom.clock.instant(), newsroom.stored("press").next()));
        }
        newsroom.takeIn.take(newsroom.stored("press"), failed(Duration.ofDays(2)));
        Instant next = newsroom.stored("press").next();
        newsroom.show("press", entry("Bridge").guid("1"));

        assertThat(waits)
                .startsWith(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1))
                .endsWith(Duration.ofDays(1));
        assertThat(next).isEqualTo(newsroom.clock.instant().plus(Duration.ofDays(2)));
        assertThat(newsroom.stored("press").failures()).isZero();
        assertThat(newsroom.stored("press").error()).isNull();
    }

    @OnBothDatabases
    void what_a_visit_brought_is_not_wanted_once_its_source_is_defined_otherwise(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        Source visited = newsroom.stored("press");
        define(newsroom, "press", "https://elsewhere.example/rss.xml", null);
        Instant due = newsroom.stored("press").next();
        FetchState old = new FetchState("\"old\"", null, "old", "https://old.example/rss.xml");

        newsroom.takeIn.take(
                visited,
                new Visit(Visit.Status.OK, List.of(entry("Bridge").build()), List.of(), old, null, Duration.ofDays(1)));
        newsroom.takeIn.take(
                visited, new Visit(Visit.Status.UNCHANGED, List.of(), List.of(), old, null, Duration.ofDays(1)));
        newsroom.takeIn.take(visited, failed(Duration.ofDays(1)));

        Source now = newsroom.stored("press");
        assertThat(now.next()).isEqualTo(due);
        assertThat(now.state()).isEqualTo(FetchState.NEW);
        assertThat(now.failures()).isZero();
        assertThat(newsroom.all()).isEmpty();
    }

    private static Visit failed(@Nullable Duration retryAfter) {
        return new Visit(Visit.Status.FAILED, List.of(), List.of(), FetchState.NEW, "it is away", retryAfter);
    }

    @OnBothDatabases
    void another_picture_beside_a_text_is_a_revision_and_the_same_one_is_none(TestDatabase test) throws IOException {
        Newsroom newsroom = new Newsroom(test);
        Path folder = Files.createDirectories(test.home().resolve("releases"));
        Files.writeString(folder.resolve("tunnel.md"), "# Tunnel opens\n\nIt is open.\n");
        try (Fetcher fetcher = fetcher();
                Visits visits = new Visits(visitSource(fetcher, newsroom, test), source -> SourceMemory.NEW)) {
            define(newsroom, "releases", null, "releases");
            Collect collect = collect(newsroom, visits);
            List<Integer> revised = new ArrayList<>();
            for (String picture : List.of("one", "one", "another")) {
                Files.writeString(folder.resolve("tunnel.gif"), "GIF89a " + picture + ";");
                newsroom.later();
                CollectReport report = collect.named(List.of("releases"), Progress.NONE);
                revised.add(report.sources().get(0).revised());
            }

            assertThat(revised).containsExactly(0, 0, 1);
            assertThat(newsroom.titles(Selection.ALL)).containsExactly("Tunnel opens");
        }
    }

    private static VisitSource visitSource(Fetcher fetcher, Newsroom newsroom, TestDatabase test) {
        return new VisitSource(
                fetcher,
                new Robots(fetcher, newsroom.clock),
                test.home(),
                new MediaFiles(
                        test.home().resolve("feeds/media"), "https://news.example.org/feeds/media", newsroom.clock));
    }

    @OnBothDatabases
    void an_unknown_name_is_said_with_those_there_are(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        try (Fetcher fetcher = fetcher();
                Visits visits = new Visits(visitSource(fetcher, newsroom, test), source -> SourceMemory.NEW)) {
            Collect collect = collect(newsroom, visits);

            assertThatThrownBy(() -> collect.named(List.of("pres"), Progress.NONE))
                    .isInstanceOf(UserError.class)
                    .hasMessage("collect: no source is named 'pres'; there are press");
        }
    }

    @OnBothDatabases
    void processes_that_collect_the_same_at_once_double_nothing(TestDatabase test) throws Exception {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        List<Entry> entries = IntStream.range(0, 60)
                .mapToObj(at -> entry("Story " + at)
                        .guid("g" + at)
                        .url("https://a.example/" + at)
                        .build())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Database other = Database.open(test.address())) {
            List<Future<SourceReport>> running = new ArrayList<>();
            for (Database database : List.of(newsroom.database, other)) {
                for (String source : List.of("press", "city")) {
                    TakeIn takeIn = takeIn(newsroom, database, newsroom.clock);
                    Source stored = newsroom.stored(source);
                    running.add(threads.submit(() -> takeIn.take(stored, ok(entries))));
                }
            }

            int added = 0;
            for (Future<SourceReport> one : running) {
                added += one.get().added();
            }

            assertThat(added).isEqualTo(60);
            assertThat(newsroom.all())
                    .hasSize(60)
                    .allSatisfy(article -> assertThat(article.sources()).containsExactlyInAnyOrder("press", "city"));
            assertThat(newsroom.sightings(newsroom.all().get(0))).hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @OnBothDatabases
    void a_first_visit_that_is_cut_short_is_taken_in_whole_the_next_time_and_still_no_news(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 3);
        List<Entry> entries = IntStream.range(0, 1_100)
                .mapToObj(at -> entry("Story " + at)
                        .text("<p>" + at + "</p>")
                        .guid("g" + at)
                        .build())
                .toList();
        TakeIn dying = takeIn(newsroom, newsroom.database, new DyingClock(newsroom.clock, 4));

        assertThatThrownBy(() -> dying.take(newsroom.stored("press"), ok(entries)))
                .hasMessage("killed");
        boolean establishedHalfWay = newsroom.stored("press").established() != null;
        SourceReport again = newsroom.show("press", entries);

        assertThat(establishedHalfWay).isFalse();
        assertThat(again.added()).isPositive().isLessThan(1_100);
        assertThat(newsroom.news()).containsExactly("Story 0", "Story 1", "Story 2");
        assertThat(new ListArticles(newsroom.database, newsroom.sources, newsroom.articles, "https://news.example.org")
                        .list(null, 5_000))
                .hasSize(1_100);
    }

    @OnBothDatabases
    void an_article_is_explained_in_the_contracts_shape(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        newsroom.database.writing(tx -> tx.update("""
                        insert into feed (id, name, definition, provisioned, created_at)
                        values (1, 'news', :definition, true, 0)
                        """)
                .bind("definition", "{\"name\":\"news\",\"select\":" + Json.write(Selection.ALL) + "}")
                .execute());
        ArticleId id = newsroom.only().id();

        Explanation explained = new ExplainArticle(
                        newsroom.database, newsroom.sources, newsroom.articles, "https://news.example.org")
                .explain(id);

        assertThat(Json.write(explained))
                .isEqualTo(
                        "{\"article\":{\"id\":\"" + id + "\",\"title\":\"Bridge\",\"url\":\"https://a.example/1\","
                                + "\"published\":null,\"collected\":\"2026-11-24T08:00:00Z\",\"sources\":[\"press\"],"
                                + "\"sightings\":1,\"revisions\":0,\"standing\":\"open\"},\"sightings\":[{\"source\":\"press\",\"kind\":\"feed\",\"guid\":\"1\","
                                + "\"url\":\"https://a.example/1\",\"seen\":\"2026-11-24T08:00:00Z\","
                                + "\"eligible\":\"2026-11-24T08:00:00Z\",\"joined-by\":\"first\",\"likeness\":null,\"number\":1}],"
                                + "\"selected-by\":[{\"kind\":\"feed\",\"name\":\"news\"}],\"mailed-in\":[],\"primary\":{\"source\":\"press\",\"rule\":\"first\"},"
                                + "\"stands\":{\"standing\":\"open\",\"why\":null,\"since\":null,\"joined-to\":null},\"rulings\":[]}");
    }

    /** Stands for the end of a process: from some call on, nothing more can be done. */
    private static final class DyingClock extends Clock {
        private final Clock clock;
        private int calls;

        DyingClock(Clock clock, int calls) {
            this.clock = clock;
            this.calls = calls;
        }

        @Override
        public Instant instant() {
            if (calls-- == 0) {
                throw new IllegalStateException("killed");
            }
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Visit ok(List<Entry> entries) {
        return new Visit(Visit.Status.OK, entries, List.of(), FetchState.NEW, null, null);
    }

    private static TakeIn takeIn(Newsroom newsroom, Database database, Clock clock) {
        return new TakeIn(database, clock, new Ids(newsroom.clock), newsroom.sources, newsroom.articles, "en");
    }

    private static Collect collect(Newsroom newsroom, Visits visits) {
        return new Collect(
                newsroom.database, newsroom.clock, newsroom.ids, newsroom.sources, newsroom.articles, visits, "en");
    }

    private static Fetcher fetcher() {
        return new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), Clock.systemUTC());
    }

    private static void define(Newsroom newsroom, String name, @Nullable String url, @Nullable String path) {
        SourceDefinition definition = new SourceDefinition(
                name,
                url == null ? SourceDefinition.Kind.FOLDER : SourceDefinition.Kind.FEED,
                url,
                path,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null);
        newsroom.database.writing(tx -> newsroom.sources.put(tx, definition, true, newsroom.clock.instant()));
    }
}
