package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is news, and since when. */
class NewsTest {
    @OnBothDatabases
    void a_new_sources_back_catalogue_is_published_and_no_news(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 0);

        newsroom.show(
                "press", entry("Old").url("https://a.example/1"), entry("Older").url("https://a.example/2"));
        newsroom.later();
        newsroom.show(
                "press", entry("New").url("https://a.example/3"), entry("Old").url("https://a.example/1"));

        assertThat(newsroom.titles(Selection.ALL)).containsExactly("New", "Old", "Older");
        assertThat(newsroom.news()).containsExactly("New");
        List<Candidate> backlog = newsroom.database.read(tx -> newsroom.articles.eligibleBacklog(tx, Selection.ALL, 1));
        assertThat(backlog)
                .extracting(Candidate::id)
                .containsExactly(newsroom.all().get(1).id());
    }

    @OnBothDatabases
    void the_newest_of_a_back_catalogue_are_news_if_the_source_asks_for_them(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 2);

        newsroom.show(
                "press",
                entry("Oldest").guid("1").published("2026-01-01T08:00:00Z"),
                entry("Newest").guid("3").published("2026-03-01T08:00:00Z"),
                entry("Middle").guid("2").published("2026-02-01T08:00:00Z"));

        assertThat(newsroom.news()).containsExactly("Newest", "Middle");
    }

    @OnBothDatabases
    void what_an_established_source_shows_within_a_day_of_a_new_ones_back_catalogue_is_news(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("city");
        newsroom.newSource("press", 0);
        newsroom.show(
                "press",
                entry("Bridge").url("https://a.example/1"),
                entry("Tunnel").url("https://a.example/2"));

        newsroom.clock.advance(Duration.ofHours(23));
        newsroom.show("city", entry("Bridge").url("https://a.example/1"));
        newsroom.clock.advance(Duration.ofHours(2));
        newsroom.show("city", entry("Tunnel").url("https://a.example/2"));

        assertThat(newsroom.news()).containsExactly("Bridge");
        assertThat(newsroom.titles(Selection.ALL)).hasSize(2);
    }

    @OnBothDatabases
    void a_source_that_shows_its_own_back_catalogue_again_in_another_guise_makes_no_news(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 0);
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));

        newsroom.later();
        newsroom.show("press", entry("Bridge").guid("other").url("https://a.example/1"));

        assertThat(newsroom.sightings(newsroom.only())).hasSize(2);
        assertThat(newsroom.news()).isEmpty();
    }

    @OnBothDatabases
    void an_article_is_news_for_a_selection_since_its_first_sighting_that_matches(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        Instant start = newsroom.clock.instant();
        newsroom.clock.advance(Duration.ofMinutes(1));
        newsroom.show("press", entry("Bridge").url("https://a.example/1"));
        Instant between = newsroom.clock.instant();
        newsroom.clock.advance(Duration.ofMinutes(1));
        newsroom.show("city", entry("Bridge").url("https://a.example/1"));

        assertThat(newsroom.news(Selection.ALL, start)).containsExactly("Bridge");
        assertThat(newsroom.news(Selection.ALL, between)).isEmpty();
        assertThat(newsroom.news(ofSource("city"), between)).containsExactly("Bridge");
    }

    @OnBothDatabases
    void nothing_becomes_news_at_or_before_the_instant_an_edition_was_composed_as_of(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        Instant asOf = newsroom.database.write(tx -> newsroom.articles.asOf(tx, newsroom.clock.instant()));

        newsroom.show("press", entry("Bridge").url("https://a.example/1"));

        assertThat(newsroom.news(Selection.ALL, asOf)).containsExactly("Bridge");
    }

    @OnBothDatabases
    void a_date_in_the_future_is_kept_as_claimed_and_leads_nothing(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("Tomorrow").guid("1").published("2027-11-24T08:00:00Z"));
        newsroom.later();
        newsroom.show("press", entry("Today").guid("2").published("2026-11-24T08:10:00Z"));

        List<Article> all = newsroom.all();
        assertThat(all).extracting(Article::title).containsExactly("Today", "Tomorrow");
        assertThat(all.get(1).published()).isEqualTo("2027-11-24T08:00:00Z");
        assertThat(all.get(1).ordered()).isEqualTo("2026-11-24T08:00:00Z");
    }

    @OnBothDatabases
    void no_date_is_invented_and_the_first_that_is_given_stays(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        newsroom.source("third");

        newsroom.show("press", entry("Bridge").url("https://a.example/1"));
        assertThat(newsroom.only().published()).isNull();
        assertThat(newsroom.only().dateFrom()).isNull();

        newsroom.later();
        newsroom.show("city", entry("Bridge").url("https://a.example/1").published("2026-11-23T10:00:00Z"));
        newsroom.show("third", entry("Bridge").url("https://a.example/1").published("2026-11-20T10:00:00Z"));

        assertThat(newsroom.only().published()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(newsroom.only().ordered()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(newsroom.titles(ofSource("press"))).containsExactly("Bridge");
    }

    @OnBothDatabases
    void an_edited_article_is_a_revision_and_no_news(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge opens").guid("1").url("https://a.example/1"));
        Instant before = newsroom.clock.instant();

        newsroom.later();
        SourceReport report =
                newsroom.show("press", entry("Bridge reopens").guid("1").url("https://a.example/1"));
        newsroom.show("press", entry("Bridge reopens").guid("1").url("https://a.example/1"));

        assertThat(report.revised()).isEqualTo(1);
        Article article = newsroom.only();
        assertThat(article.title()).isEqualTo("Bridge reopens");
        assertThat(article.revisions()).isEqualTo(1);
        assertThat(article.updated()).isEqualTo(newsroom.clock.instant());
        assertThat(article.collected()).isEqualTo(before);
        assertThat(newsroom.news(Selection.ALL, before)).isEmpty();
    }

    @OnBothDatabases
    void spaces_and_markup_make_no_revision(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge").guid("1").text("<p>It is <b>open</b>.</p><p>Again.</p>"));

        SourceReport report = newsroom.show(
                "press",
                entry("Bridge").guid("1").text("<div><p>It  is open.</p>\n<p>Again.</p></div><p>1,234 views</p>"));

        assertThat(report.revised()).isZero();
        assertThat(newsroom.only().revisions()).isZero();
    }

    @OnBothDatabases
    void another_sources_wording_changes_nothing(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        newsroom.show("press", entry("Bridge").url("https://a.example/1"));

        newsroom.show("city", entry("A bridge, we hear").url("https://a.example/1"));
        newsroom.show("city", entry("A bridge, they say").url("https://a.example/1"));

        assertThat(newsroom.only().title()).isEqualTo("Bridge");
        assertThat(newsroom.only().revisions()).isZero();
    }

    private static Selection ofSource(String name) {
        return new Selection(List.of(name), List.of(), List.of(), List.of(), List.of());
    }
}
