package io.broadsheet.article;

import static io.broadsheet.http.AwkwardServer.answer;
import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.source.ShowSources;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceMemoryStore;
import io.broadsheet.source.SourceView;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A sitemap source whose list, or whose stories' pages, are refused or gone: on a real server, from visit to visit. */
class GoneSourceTest {
    /** Path to the status that is answered instead of 200. */
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();

    private final Map<String, Integer> asks = new ConcurrentHashMap<>();

    /** Path of a story's page to its lastmod. */
    private final Map<String, String> stories =
            new TreeMap<>(Map.of("/n/bridge", "2026-11-20", "/n/ferry", "2026-11-21"));

    @OnBothDatabases
    void a_list_that_is_gone_for_good_is_looked_at_once_a_week_and_its_articles_stay(TestDatabase test) {
        visiting(test, (newsroom, collect) -> {
            collect.due(Progress.NONE);
            refused.put("/map.xml", 410);
            newsroom.later();

            collect.due(Progress.NONE);

            SourceView source = shown(newsroom);
            assertThat(source.state()).isEqualTo("failing");
            assertThat(source.error())
                    .contains("answered with 410, gone for good; remove this source or give its new URL");
            assertThat(source.next()).isEqualTo(newsroom.clock.instant().plus(Duration.ofDays(7)));
            assertThat(newsroom.titles(Selection.ALL)).containsExactlyInAnyOrder("Bridge opens", "Ferry opens");

            refused.clear();
            newsroom.clock.advance(Duration.ofDays(7));
            collect.due(Progress.NONE);

            assertThat(shown(newsroom).state()).isEqualTo("well");
        });
    }

    @OnBothDatabases
    void a_list_that_is_missing_or_refused_is_asked_less_and_less_and_its_articles_stay(TestDatabase test) {
        visiting(test, (newsroom, collect) -> {
            collect.due(Progress.NONE);
            Duration expected = Duration.ofMinutes(15);
            for (Map.Entry<Integer, String> status : new TreeMap<>(Map.of(
                            403, "it refuses us; ask its owner to let this user agent in",
                            404, "not found; is the URL right?",
                            451, "withheld for legal reasons; ask its owner, or remove this source"))
                    .entrySet()) {
                refused.put("/map.xml", status.getKey());
                newsroom.clock.advance(Duration.ofHours(2));
                collect.due(Progress.NONE);

                SourceView source = shown(newsroom);
                assertThat(source.error()).contains("answered with " + status.getKey() + ", " + status.getValue());
                assertThat(source.next()).isEqualTo(newsroom.clock.instant().plus(expected));
                expected = expected.multipliedBy(2);
            }
            assertThat(shown(newsroom).failures()).isEqualTo(3);
            assertThat(newsroom.all()).hasSize(2);
        });
    }

    @OnBothDatabases
    void a_story_whose_page_is_gone_is_neither_taken_back_nor_told_anew(TestDatabase test) {
        visiting(test, (newsroom, collect) -> {
            stories.remove("/n/ferry");
            collect.due(Progress.NONE);
            stories.put("/n/ferry", "2026-11-24");
            newsroom.later();
            collect.due(Progress.NONE);
            List<String> newsBefore = newsroom.news();

            for (int status : List.of(404, 410, 403, 451)) {
                refused.put("/n/bridge", status);
                refused.put("/n/ferry", status);
                stories.put("/n/bridge", "2026-11-24T08:00:" + status % 60 + "Z");
                newsroom.later();
                collect.due(Progress.NONE);
            }
            stories.clear();
            newsroom.later();
            collect.due(Progress.NONE);

            assertThat(newsBefore).containsExactly("Ferry opens");
            assertThat(newsroom.news()).isEqualTo(newsBefore);
            assertThat(newsroom.all()).hasSize(2).allSatisfy(article -> {
                assertThat(article.revisions()).isZero();
                assertThat(newsroom.database
                                .read(tx -> newsroom.articles.standing(tx, article.id()))
                                .orElseThrow()
                                .word())
                        .isEqualTo(Standing.Word.OPEN);
            });
        });
    }

    @OnBothDatabases
    void a_story_that_is_listed_before_its_page_is_there_or_let_us_in_comes_with_a_later_visit(TestDatabase test) {
        visiting(test, (newsroom, collect) -> {
            collect.due(Progress.NONE);
            stories.put("/n/tunnel", "2026-11-24");
            stories.put("/n/tower", "2026-11-24");
            refused.put("/n/tunnel", 404);
            refused.put("/n/tower", 403);
            newsroom.later();
            CollectReport early = collect.due(Progress.NONE);
            refused.clear();
            newsroom.clock.advance(Duration.ofHours(1));

            CollectReport late = collect.due(Progress.NONE);

            assertThat(early.newArticles()).isZero();
            assertThat(late.newArticles()).isEqualTo(2);
            assertThat(newsroom.news()).containsExactlyInAnyOrder("Tunnel opens", "Tower opens");
        });
    }

    @OnBothDatabases
    void pages_that_stay_missing_are_given_up_and_keep_no_source_from_being_well(TestDatabase test) {
        visiting(test, (newsroom, collect) -> {
            collect.due(Progress.NONE);
            stories.put("/n/never", "2026-11-24");
            refused.put("/n/never", 404);
            for (int visits = 0; visits < 6; visits++) {
                newsroom.later();
                collect.due(Progress.NONE);
                assertThat(shown(newsroom).state()).isEqualTo("well");
            }

            assertThat(asks).containsEntry("/n/never", 3);
        });
    }

    private interface Visiting {
        void with(Newsroom newsroom, Collect collect);
    }

    private void visiting(TestDatabase test, Visiting visiting) {
        Newsroom newsroom = new Newsroom(test);
        FetchSettings settings = FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1"));
        try (AwkwardServer server = new AwkwardServer();
                Fetcher fetcher = new Fetcher(settings, Clock.systemUTC());
                Visits visits = new Visits(
                        new VisitSource(
                                fetcher,
                                new Robots(fetcher, newsroom.clock),
                                test.home(),
                                new MediaFiles(
                                        test.home().resolve("feeds/media"),
                                        "https://news.example.org",
                                        newsroom.clock)),
                        source -> newsroom.database.read(tx -> new SourceMemoryStore().pages(tx, source.id())))) {
            server.on("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                asks.merge(path, 1, Integer::sum);
                int status =
                        refused.getOrDefault(path, stories.containsKey(path) || path.equals("/map.xml") ? 200 : 404);
                boolean map = path.equals("/map.xml");
                String body = status != 200 ? "" : map ? sitemap(server) : page(path);
                answer(exchange, status, bytes(body), Map.of("Content-Type", map ? "application/xml" : "text/html"));
            });
            SourceDefinition definition = new SourceDefinition(
                    "press",
                    SourceDefinition.Kind.SITEMAP,
                    server.url("/map.xml"),
                    null,
                    Duration.ofMinutes(15),
                    List.of(),
                    0,
                    null,
                    null);
            newsroom.database.writing(tx -> newsroom.sources.put(tx, definition, true, newsroom.clock.instant()));
            Collect collect = new Collect(
                    newsroom.database, newsroom.clock, newsroom.ids, newsroom.sources, newsroom.articles, visits, "en");
            visiting.with(newsroom, collect);
        }
    }

    private String sitemap(AwkwardServer server) {
        StringBuilder urls = new StringBuilder("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
        stories.forEach((path, changed) -> urls.append("<url><loc>")
                .append(server.url(path))
                .append("</loc><lastmod>")
                .append(changed)
                .append("</lastmod></url>"));
        return urls + "</urlset>";
    }

    private static String page(String path) {
        String name = path.substring(3, 4).toUpperCase(Locale.ROOT) + path.substring(4);
        return """
                <!DOCTYPE html><html><head><title>%1$s opens</title><script type="application/ld+json">
                {"@context":"https://schema.org","@type":"NewsArticle","headline":"%1$s opens","datePublished":"2026-11-20T08:00:00Z"}
                </script></head><body><article><h1>%1$s opens</h1><p>%2$s</p></article></body></html>
                """.formatted(name, ("The " + name + " is open to all who want to cross the harbour today. ").repeat(8));
    }

    private static SourceView shown(Newsroom newsroom) {
        return new ShowSources(newsroom.database, newsroom.sources)
                .show("press")
                .source();
    }
}
