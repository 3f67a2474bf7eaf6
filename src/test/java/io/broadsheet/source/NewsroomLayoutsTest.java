package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.source.MadeUpNewsroom.Story;
import io.broadsheet.source.SourceDefinition.Kind;
import io.broadsheet.source.Visit.Status;
import io.broadsheet.test.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Newsrooms without a feed, as different systems write them: each is given by its URL alone. */
class NewsroomLayoutsTest {
    private final MadeUpNewsroom newsroom = new MadeUpNewsroom();
    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), clock);
    private final VisitSource visitSource = new VisitSource(
            fetcher,
            new Robots(fetcher, clock),
            Path.of(""),
            new MediaFiles(Path.of("").resolve("feeds/media"), "https://news.example.org/feeds/media", clock));

    @AfterEach
    void close() {
        fetcher.close();
        newsroom.close();
    }

    private static String dated(Story story, String pattern, Locale locale) {
        return story.date().format(DateTimeFormatter.ofPattern(pattern, locale));
    }

    private static String each(List<Story> stories, Function<Story, String> item) {
        StringBuilder items = new StringBuilder();
        stories.forEach(story -> items.append(item.apply(story)).append('\n'));
        return items.toString();
    }

    enum Layout {
        AFPIMS(
                "/News/Article-Display/Article/%d/%s/",
                "en-US", (stories, at) -> """
                <form id="Form"><div id="dnn_ContentPane" class="news-list"><h1>News</h1><div class="alist">%s</div>
                <div class="paging"><a href="/News/Tag/12/space/">Everything that is tagged space</a></div></div></form>
                """.formatted(each(
                        stories, story -> """
                <article class="article-listing-item"><a class="thumb" href="%1$s"><img src="/x.jpg" alt="Photo of %4$d"></a>
                <div class="txt"><h2><a href="%1$s">%2$s</a></h2><p>The teaser of a story that is cut at some hundred characters
                and goes on without spaces.%3$s</p><a class="more" href="%1$s">Read More</a></div></article>
                """.formatted(story.path(), story.title(), story.author(), story.number())))),
        DRUPAL_VIEWS(
                "/about/news/press-releases/%2$s",
                "en", (stories, at) -> """
                <main><h1>Press releases</h1><div class="view view-press"><div class="view-content">%s</div>
                <ul class="pager__items"><li><a href="?page=0">1</a></li></ul></div></main>
                """.formatted(each(stories, story -> """
                <div class="views-row views-row-%4$d"><div class="views-field views-field-created"><span class="field-content">%3$s</span></div>
                <div class="views-field views-field-title"><span class="field-content"><a href="%1$s">%2$s</a></span></div></div>
                """.formatted(
                        story.path(), story.title(), dated(story, "MMMM d, yyyy", Locale.US), story.number())))),
        WORDPRESS_ARCHIVE(
                "/2026/11/%2$s/",
                "en-GB", (stories, at) -> """
                <div id="primary" class="content-area has-sidebar"><main class="site-main">%s</main></div>
                <div id="secondary" class="widget-area"><h2>Recent comments</h2><ul><li><a href="/2026/11/an-older-story-with-comments/">An older story with comments</a></li></ul></div>
                """.formatted(each(stories, story -> """
                <article id="post-%4$d" class="post-%4$d post type-post status-publish category-news tag-%5$s hentry">
                <header class="entry-header"><h2 class="entry-title"><a href="%1$s" rel="bookmark">%2$s</a></h2>
                <div class="entry-meta"><span class="posted-on"><a href="%1$s"><time class="entry-date" datetime="%3$sT09:00:00+00:00">%3$s</time></a></span>
                <span class="author"><a href="/author/%5$s-of-the-office/">%6$s</a></span> <a href="/category/news-from-the-office/">News from the office</a></div></header>
                <div class="entry-summary"><p>An excerpt of some twenty words that leads into the story and ends with dots.</p></div></article>
                """.formatted(
                                story.path(),
                                story.title(),
                                story.date(),
                                story.number(),
                                story.author().toLowerCase(Locale.ROOT).replace(' ', '-'),
                                story.author())))),
        PLAIN_LIST(
                "/releases/%2$s.html",
                "en",
                (stories, at) -> "<h1>Releases</h1><ul>"
                        + each(
                                stories,
                                story -> "<li><a href=\"" + story.path() + "\">" + story.title() + "</a> ("
                                        + dated(story, "d MMM yyyy", Locale.UK) + ")</li>")
                        + "</ul>"),
        TABLE(
                "/pressroom/release.php?id=%d",
                "en-US",
                (stories, at) ->
                        "<h1>News releases</h1><table><thead><tr><th>Date</th><th>Release</th></tr></thead><tbody>"
                                + each(
                                        stories,
                                        story -> "<tr><td>" + dated(story, "MM/dd/yyyy", Locale.US)
                                                + "</td><td><a href=\"" + story.path() + "\">" + story.title()
                                                + "</a></td><td><a href=\"/files/" + story.number()
                                                + ".pdf\">PDF</a></td></tr>")
                                + "</tbody></table>"),
        CARDS_WITH_ITEM_LIST(
                "/stories/%2$s",
                "en", (stories, at) -> """
                <script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[%s]}</script>
                <main><section class="Hero_hero__x1Yz"><a class="Card_root__k9" href="%s"><h2>%s</h2></a></section>
                <section class="grid">%s</section>
                <section class="Topics_list__z"><a href="/topics/energy-and-climate">Energy and climate topics</a><a href="/topics/people-and-culture">People and culture topics</a></section></main>
                """.formatted(
                        String.join(
                                ",",
                                stories.stream()
                                        .map(story -> "{\"@type\":\"ListItem\",\"position\":" + (story.number() + 1)
                                                + ",\"url\":\"${root}" + story.path() + "\"}")
                                        .toList()),
                        stories.get(0).path(),
                        stories.get(0).title(),
                        each(stories.subList(1, stories.size()), story ->
                                """
                <a class="Card_card__%4$d" href="%1$s"><div class="Card_text"><h3>%2$s</h3><p>Short words about it.</p><time datetime="%3$s">%3$s</time></div></a>
                """.formatted(story.path(), story.title(), story.date(), story.number())))),
        GERMAN(
                "/presse/mitteilungen/%2$s-%1$d",
                "de", (stories, at) -> """
                <div class="inhalt"><h1>Pressemitteilungen</h1>%s<p><a href="/presse/verteiler-fuer-journalisten">Verteiler für Journalisten und Redaktionen</a></p></div>
                """.formatted(each(stories, story ->
                        """
                <div class="teaser"><span class="datum">%3$s</span><h3>%2$s</h3><p>Ein kurzer Vorspann zur Mitteilung, der zwei Zeilen füllt und neugierig macht.</p>
                <a href="%1$s" class="mehr">Weiterlesen</a></div>
                """.formatted(story.path(), story.title(), dated(story, "dd.MM.yyyy", Locale.GERMANY))))),
        JAPANESE(
                "/news/detail/%d",
                "ja", (stories, at) -> """
                <div id="contents"><h1>お知らせ</h1><dl class="newsList">%s</dl></div>
                """.formatted(each(
                        stories,
                        story -> "<dt>" + dated(story, "yyyy年M月d日", Locale.JAPAN) + "</dt><dd><a href=\"" + story.path()
                                + "\">" + japanese(story.number()) + "</a></dd>"))),
        DATES_AS_HEADINGS(
                "/news/%2$s",
                "en",
                (stories, at) -> "<main><h1>Daily news</h1>"
                        + each(
                                stories,
                                story -> (story.number() % 2 == 0
                                                ? "<h3>" + dated(story, "EEEE, MMMM d, yyyy", Locale.US) + "</h3>"
                                                : "")
                                        + "<p><a href=\"" + story.path() + "\">" + story.title() + "</a></p>")
                        + "</main>"),
        FLAT_WITH_DATES_AFTER(
                "/mediaroom/%d-%s",
                "en",
                (stories, at) -> "<div class=\"container\"><h1>Media room</h1><div class=\"list\">"
                        + each(
                                stories,
                                story -> "<h3><a href=\"" + story.path() + "\">" + story.title()
                                        + "</a></h3><p class=\"meta\">" + dated(story, "d MMMM yyyy", Locale.UK)
                                        + " | Press release</p><p>A teaser of one line, which says little.</p><hr>")
                        + "</div></div>");

        final String paths;
        final String language;
        final BiFunction<List<Story>, Integer, String> items;

        Layout(String paths, String language, BiFunction<List<Story>, Integer, String> items) {
            this.paths = paths;
            this.language = language;
            this.items = items;
        }
    }

    private static String japanese(int number) {
        return "港の新しい橋が開通しました（第" + (number + 1) + "報）";
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void a_newsroom_given_by_its_url_alone_yields_its_stories_with_their_fields_and_nothing_else(Layout layout) {
        List<Story> stories = newsroom.stories(layout.paths);
        newsroom.pages.put("/news/", MadeUpNewsroom.list(layout.language, layout.items.apply(stories, 0)));

        Visit visit = visit("/news/", FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.status()).as("%s", visit.error()).isEqualTo(Status.OK);
        assertThat(visit.entries())
                .extracting(Entry::url)
                .containsExactlyElementsOf(stories.stream()
                        .map(story -> newsroom.server.url(story.path()))
                        .toList());
        assertThat(visit.entries()).extracting(Entry::title).containsExactlyElementsOf(MadeUpNewsroom.HEADLINES);
        assertThat(visit.entries())
                .extracting(Entry::author)
                .containsExactlyElementsOf(stories.stream().map(Story::author).toList());
        assertThat(visit.entries())
                .extracting(entry -> entry.published() == null
                        ? null
                        : entry.published().toString().substring(0, 10))
                .containsExactlyElementsOf(stories.stream()
                        .map(Story::date)
                        .map(LocalDate::toString)
                        .toList());
        assertThat(visit.entries())
                .allSatisfy(entry -> assertThat(entry.content())
                        .contains("committee has met")
                        .doesNotContain("privacy"));
        assertThat(visit.notes()).noneMatch(note -> note.contains("layout"));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void what_a_storys_page_does_not_say_its_list_does(Layout layout) {
        List<Story> stories = newsroom.stories(layout.paths);
        newsroom.pages.put("/news/", MadeUpNewsroom.list(layout.language, layout.items.apply(stories, 0)));
        stories.forEach(story -> newsroom.pages.put(
                story.path(), MadeUpNewsroom.page(story).replaceAll("<meta[^>]*published_time[^>]*>", "")));

        Visit visit = visit("/news/", FetchState.NEW, SourceMemory.NEW);

        List<String> dates = stories.stream()
                .map(story -> (layout == Layout.DATES_AS_HEADINGS && story.number() % 2 == 1
                                ? story.date().plusDays(2)
                                : story.date())
                        .toString())
                .toList();
        boolean listed = layout != Layout.AFPIMS;
        assertThat(visit.entries())
                .hasSameSizeAs(stories)
                .extracting(entry -> entry.published() == null
                        ? null
                        : entry.published().toString().substring(0, 10))
                .isEqualTo(
                        listed
                                ? layout == Layout.CARDS_WITH_ITEM_LIST
                                        ? dates.stream()
                                                .map(date -> date.equals(dates.get(0)) ? null : date)
                                                .toList()
                                        : dates
                                : java.util.Collections.nCopies(stories.size(), null));
    }

    @Test
    void only_what_is_new_is_fetched_at_the_next_visit() {
        List<Story> stories = newsroom.stories("/news/%2$s");
        newsroom.pages.put("/news/", MadeUpNewsroom.list("en", Layout.PLAIN_LIST.items.apply(stories, 0)));
        Visit first = visit("/news/", FetchState.NEW, SourceMemory.NEW);
        Story added = MadeUpNewsroom.story(9, "Lighthouse lit again after the storm", "/news/%2$s");
        newsroom.pages.put(added.path(), MadeUpNewsroom.page(added));
        List<Story> more = new java.util.ArrayList<>(stories);
        more.add(0, added);
        Visit unchanged = visit("/news/", first.state(), first.pages());
        newsroom.pages.put("/news/", MadeUpNewsroom.list("en", Layout.PLAIN_LIST.items.apply(more, 0)));

        Visit second = visit("/news/", first.state(), first.pages());

        assertThat(first.pages().caughtUp()).isTrue();
        assertThat(unchanged.status()).isEqualTo(Status.UNCHANGED);
        assertThat(second.entries()).extracting(Entry::title).containsExactly(added.title());
        assertThat(stories)
                .allSatisfy(story -> assertThat(newsroom.asked(story.path())).isEqualTo(1));
    }

    private Visit visit(String path, FetchState state, SourceMemory memory) {
        return visitSource.visit(page(path, null), state, memory);
    }

    private SourceDefinition page(String path, PageRules rules) {
        return new SourceDefinition(
                "press",
                Kind.PAGE,
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
