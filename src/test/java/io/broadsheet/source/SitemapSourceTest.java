package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.source.MadeUpNewsroom.Story;
import io.broadsheet.source.SourceDefinition.Kind;
import io.broadsheet.source.Visit.Status;
import io.broadsheet.test.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SitemapSourceTest {
    private static final String XMLNS = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
            + "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"";

    private final MadeUpNewsroom newsroom = new MadeUpNewsroom();
    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), clock);
    private final Robots robots = new Robots(fetcher, clock);
    private final VisitSource visitSource = new VisitSource(
            fetcher,
            robots,
            Path.of(""),
            new MediaFiles(
                    Path.of("").resolve("feeds/media"), "https://news.example.org/feeds/media", Clock.systemUTC()));

    @AfterEach
    void close() {
        fetcher.close();
        newsroom.close();
    }

    @Test
    void an_index_yields_the_stories_of_its_sitemaps_newest_first_and_no_other_pages() {
        List<Story> stories = newsroom.stories("/news/%d/%s");
        newsroom.pages.put("/map.xml", index("/posts-1.xml", "/posts-2.xml", "/category-sitemap.xml"));
        newsroom.pages.put(
                "/posts-1.xml",
                urls(stories.subList(0, 4), "")
                        .replace(
                                "</urlset>",
                                url("/about", "2026-11-23") + url("/tag/ports/", "2026-11-23") + "</urlset>"));
        newsroom.pages.put("/posts-2.xml", urls(stories.subList(4, 8), ""));
        newsroom.pages.put("/category-sitemap.xml", urls(List.of(), url("/category/one-two-three", "2026-11-23")));

        Visit visit = visit("/map.xml", FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.error()).isNull();
        assertThat(visit.entries()).extracting(Entry::title).containsExactlyElementsOf(MadeUpNewsroom.HEADLINES);
        assertThat(newsroom.asked("/category-sitemap.xml")).isZero();
        assertThat(newsroom.asked("/about")).isZero();
    }

    @Test
    void a_news_sitemap_lends_title_date_and_picture_to_pages_that_lack_them() {
        newsroom.pages.put(
                "/n/1-a-story",
                "<html><body><main><p>" + "Words that are told here. ".repeat(20) + "</p></main></body></html>");
        newsroom.pages.put(
                "/news.xml",
                "<?xml version=\"1.0\"?><urlset " + XMLNS
                        + "><url><loc>${root}/n/1-a-story</loc><news:news><news:publication>"
                        + "<news:name>x</news:name><news:language>de</news:language></news:publication><news:publication_date>2026-11-21T10:00:00Z</news:publication_date>"
                        + "<news:title>Harbour &amp; bridge</news:title></news:news><image:image><image:loc>${root}/a.jpg</image:loc></image:image></url></urlset>");

        Visit visit = visit("/news.xml", FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.title()).isEqualTo("Harbour & bridge");
            assertThat(entry.published()).isEqualTo("2026-11-21T10:00:00Z");
            assertThat(entry.dateFrom()).isEqualTo("sitemap");
            assertThat(entry.language()).isEqualTo("de");
            assertThat(entry.enclosures()).extracting(Enclosure::url).containsExactly(newsroom.server.url("/a.jpg"));
        });
    }

    @Test
    void only_pages_that_are_new_or_changed_are_read_again() {
        List<Story> stories = newsroom.stories("/news/%d/%s");
        newsroom.pages.put("/map.xml", urls(stories, ""));
        Visit first = visit("/map.xml", FetchState.NEW, SourceMemory.NEW);
        Visit unchanged = visit("/map.xml", first.state(), first.pages());
        newsroom.pages.put(
                "/map.xml", urls(stories, "").replaceFirst("<lastmod>[^<]*", "<lastmod>2026-11-23T12:00:00Z"));

        Visit second = visit("/map.xml", first.state(), first.pages());
        Visit third = visit("/map.xml", second.state(), second.pages());

        assertThat(unchanged.status()).isEqualTo(Status.UNCHANGED);
        assertThat(second.entries()).extracting(Entry::title).containsExactly(MadeUpNewsroom.HEADLINES.get(0));
        assertThat(third.status()).isEqualTo(Status.UNCHANGED);
        assertThat(newsroom.asked(stories.get(0).path())).isEqualTo(2);
        assertThat(newsroom.asked(stories.get(1).path())).isEqualTo(1);
    }

    @Test
    void an_index_that_names_itself_is_read_once() {
        newsroom.pages.put("/map.xml", index("/map.xml", "/other.xml"));
        newsroom.pages.put("/other.xml", index("/map.xml", "/other.xml"));

        Visit visit = visit("/map.xml", FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).isEmpty();
        assertThat(newsroom.asked("/map.xml")).isEqualTo(1);
        assertThat(newsroom.asked("/other.xml")).isEqualTo(1);
    }

    @Test
    void of_a_hundred_thousand_addresses_a_bounded_number_is_read_and_remembered() {
        String many = IntStream.range(0, 100_000)
                .mapToObj(at -> url("/n/" + at, null))
                .collect(Collectors.joining());
        newsroom.pages.put("/map.xml", "<?xml version=\"1.0\"?><urlset " + XMLNS + ">" + many + "</urlset>");
        newsroom.pages.put(
                "/n/49999", MadeUpNewsroom.page(MadeUpNewsroom.story(1, "Ferry timetable changes again", "/n/%d")));

        Visit visit = visit("/map.xml", FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).extracting(Entry::title).containsExactly("Ferry timetable changes again");
        assertThat(newsroom.asked).hasSizeLessThanOrEqualTo(ReadStories.CATALOGUE_MAX + 2);
        assertThat(visit.pages().known()).hasSizeLessThanOrEqualTo(SourceMemory.KNOWN_MAX);
        assertThat(visit.notes()).anyMatch(note -> note.contains("more than 50000 addresses"));
    }

    @Test
    void a_packed_bomb_ends_at_its_limit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            out.write(bytes("<urlset><url><loc>http://127.0.0.1/n/1</loc></url><!--"));
            byte[] blanks = new byte[1 << 20];
            for (int at = 0; at < 1_000; at++) {
                out.write(blanks);
            }
        }

        Sitemap sitemap = Sitemap.of(new Raw("map.xml.gz", bomb.toByteArray(), null, null, false, ZoneOffset.UTC));

        assertThat(sitemap.stories()).hasSize(1);
    }

    @Test
    void entities_and_outside_files_are_never_read() {
        String evil =
                "<?xml version=\"1.0\"?><!DOCTYPE urlset [<!ENTITY x SYSTEM \"file:///etc/hostname\"><!ENTITY y \"yyyyyyyyyy\">]>"
                        + "<urlset><url><loc>http://127.0.0.1/n/&x;&y;</loc></url><url><loc>http://127.0.0.1/n/2</loc></url></urlset>";

        Sitemap sitemap = Sitemap.of(new Raw("map.xml", bytes(evil), null, null, false, ZoneOffset.UTC));

        assertThat(sitemap.stories())
                .allSatisfy(
                        story -> assertThat(story.url()).doesNotContain("yyyy").hasSizeLessThan(60));
    }

    @Test
    void links_to_other_hosts_are_no_stories_of_this_one() {
        String others = IntStream.range(0, 500)
                .mapToObj(at -> "<li><a href=\"https://host" + at + ".example/news/a-story-" + at
                        + "\">A long headline of another house " + at + "</a> 2026-11-20</li>")
                .collect(Collectors.joining());
        newsroom.pages.put("/links/", MadeUpNewsroom.list("en", "<ul>" + others + "</ul>"));

        Visit visit = visitSource.visit(source(Kind.PAGE, "/links/", null), FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.status()).isEqualTo(Status.FAILED);
        assertThat(visit.error()).contains("no list of stories was found");
        assertThat(newsroom.asked).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_robots_txt_forbids_is_not_read_but_where_the_site_is_ones_own() {
        List<Story> stories = newsroom.stories("/news/%d/%s");
        newsroom.pages.put("/robots.txt", "User-agent: *\nDisallow: /map.xml\n");
        newsroom.pages.put("/map.xml", urls(stories, ""));

        Visit forbidden = visit("/map.xml", FetchState.NEW, SourceMemory.NEW);
        Visit own = visitSource.visit(
                source(Kind.SITEMAP, "/map.xml", new PageRules(null, List.of("/news/"), true)),
                FetchState.NEW,
                SourceMemory.NEW);

        assertThat(forbidden.error()).contains("robots.txt").contains("'robots: ignore'");
        assertThat(own.entries()).hasSize(stories.size());
    }

    @Test
    void a_page_that_shows_far_fewer_stories_says_so_and_keeps_what_it_knew() {
        List<Story> stories = newsroom.stories("/news/%2$s");
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", items(stories)));
        Visit first = visitSource.visit(source(Kind.PAGE, "/press/", null), FetchState.NEW, SourceMemory.NEW);
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", items(stories.subList(0, 2))));
        Visit fewer = visitSource.visit(source(Kind.PAGE, "/press/", null), first.state(), first.pages());
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", "<p>We are rebuilding.</p>"));
        Visit none = visitSource.visit(source(Kind.PAGE, "/press/", null), first.state(), first.pages());

        assertThat(fewer.notes()).anyMatch(note -> note.startsWith("layout changed? 2 stories where 8 are usual"));
        assertThat(fewer.pages().known()).hasSize(8);
        assertThat(none.error()).contains("layout changed?").contains("8 were usual");
    }

    @Test
    void a_page_in_a_new_dress_is_learned_anew_and_no_story_is_read_twice() {
        List<Story> stories = newsroom.stories("/news/%2$s");
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", items(stories)));
        Visit first = visitSource.visit(source(Kind.PAGE, "/press/", null), FetchState.NEW, SourceMemory.NEW);
        String cards = stories.stream()
                .map(story -> "<div class=\"card\"><h3><a href=\"" + story.path() + "\">" + story.title()
                        + "</a></h3><time datetime=\"" + story.date() + "\">x</time></div>")
                .collect(Collectors.joining());
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", "<section>" + cards + "</section>"));

        Visit second = visitSource.visit(source(Kind.PAGE, "/press/", null), first.state(), first.pages());

        assertThat(second.entries()).isEmpty();
        assertThat(second.pages().path()).contains("div.card");
        assertThat(second.notes()).anyMatch(note -> note.contains("learned anew"));
    }

    @Test
    void selectors_say_where_the_stories_are() {
        List<Story> stories = newsroom.stories("/x/%2$s");
        newsroom.pages.put(
                "/press/",
                MadeUpNewsroom.list(
                        "en",
                        stories.stream()
                                .map(story -> "<div class=\"r\"><b>" + story.title() + "</b><i>" + story.date()
                                        + "</i><a class=\"go\" href=\"" + story.path() + "\">Go</a></div>")
                                .collect(Collectors.joining())));
        PageRules rules = new PageRules(new Selectors("div.r", "a.go", "b", "i"), List.of(), false);

        Visit visit = visitSource.visit(source(Kind.PAGE, "/press/", rules), FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).extracting(Entry::title).containsExactlyElementsOf(MadeUpNewsroom.HEADLINES);
    }

    @Test
    void a_new_sources_list_is_followed_over_its_pages() {
        List<Story> stories = newsroom.stories("/news/%2$s");
        newsroom.pages.put(
                "/press/",
                MadeUpNewsroom.list(
                        "en",
                        items(stories.subList(0, 4))
                                + "<div class=\"pager\"><a href=\"/press/?page=2\">2</a> <a href=\"/press/?page=2\">Next</a></div>"));
        newsroom.pages.put(
                "/press/?page=2",
                MadeUpNewsroom.list(
                        "en",
                        items(stories.subList(4, 8))
                                + "<div class=\"pager\"><a href=\"/press/?page=2\">Next</a></div>"));

        Visit visit = visitSource.visit(source(Kind.PAGE, "/press/", null), FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).extracting(Entry::title).containsExactlyElementsOf(MadeUpNewsroom.HEADLINES);
    }

    @Test
    void discovery_prefers_the_feed_a_page_declares_and_else_its_list() {
        List<Story> stories = newsroom.stories("/news/%2$s");
        newsroom.pages.put("/press/", MadeUpNewsroom.list("en", items(stories)));
        newsroom.pages.put(
                "/with/",
                MadeUpNewsroom.list("en", items(stories))
                        .replace(
                                "</head>",
                                "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/f.rss\"></head>"));
        newsroom.pages.put(
                "/f.rss",
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Office news</title><item><title>"
                        + stories.get(0).title() + "</title><link>${root}"
                        + stories.get(0).path() + "</link></item></channel></rss>");
        Discover discover = new Discover(fetcher, robots, ZoneOffset.UTC);

        List<Proposal> without = discover.discover(newsroom.server.url("/press/"));
        List<Proposal> with = discover.discover(newsroom.server.url("/with/"));

        assertThat(without.get(0)).satisfies(best -> {
            assertThat(best.kind()).isEqualTo(Kind.PAGE);
            assertThat(best.count()).isEqualTo(8);
        });
        assertThat(with).extracting(Proposal::kind).containsExactly(Kind.FEED, Kind.PAGE);
        assertThat(with.get(0).url()).isEqualTo(newsroom.server.url("/f.rss"));
    }

    private static String items(List<Story> stories) {
        return "<ul>"
                + stories.stream()
                        .map(story -> "<li><a href=\"" + story.path() + "\">" + story.title() + "</a> (" + story.date()
                                + ")</li>")
                        .collect(Collectors.joining())
                + "</ul>";
    }

    private static String index(String... files) {
        return "<?xml version=\"1.0\"?><sitemapindex " + XMLNS + ">"
                + List.of(files).stream()
                        .map(file -> "<sitemap><loc>${root}" + file + "</loc></sitemap>")
                        .collect(Collectors.joining())
                + "</sitemapindex>";
    }

    private static String urls(List<Story> stories, String more) {
        return "<?xml version=\"1.0\"?><urlset " + XMLNS + ">"
                + stories.stream()
                        .map(story -> url(story.path(), story.date().toString()))
                        .collect(Collectors.joining())
                + more + "</urlset>";
    }

    private static String url(String path, String lastmod) {
        return "<url><loc>${root}" + path + "</loc>" + (lastmod == null ? "" : "<lastmod>" + lastmod + "</lastmod>")
                + "</url>";
    }

    private Visit visit(String path, FetchState state, SourceMemory memory) {
        return visitSource.visit(source(Kind.SITEMAP, path, null), state, memory);
    }

    private SourceDefinition source(Kind kind, String path, PageRules rules) {
        return new SourceDefinition(
                "press",
                kind,
                newsroom.server.url(path),
                null,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null,
                rules);
    }
}
