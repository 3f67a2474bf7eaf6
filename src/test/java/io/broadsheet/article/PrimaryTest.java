package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;

final class PrimaryTest {
    private static final String FULL =
            "The harbour bridge opens to all traffic on Monday after two years of repair, the city said. "
                    + "Engineers replaced every cable and most of the deck, and found the northern piers in better shape than feared. "
                    + "Buses will cross from six in the morning; cyclists have a lane of their own on the seaward side. "
                    + "A ceremony is planned at noon, with the school orchestra and the two oldest bridge keepers of the town.";
    private static final String SUMMARY =
            "The harbour bridge opens to all traffic on Monday after two years of repair, the city said. "
                    + "Engineers replaced every cable and most of the deck";
    private static final String PAGE = "https://press.example/bridge";

    private static Explanation.PrimarySource primary(Newsroom newsroom) {
        Explanation.PrimarySource primary = new ExplainArticle(
                        newsroom.database, newsroom.sources, newsroom.articles, "https://news.example.org")
                .explain(newsroom.only().id())
                .primary();
        assertThat(primary).isNotNull();
        return primary;
    }

    private static Newsroom newsroom(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("agora");
        newsroom.source("city");
        newsroom.source("press");
        return newsroom;
    }

    @OnBothDatabases
    void the_source_whose_own_site_has_the_article_words_it_though_another_showed_it_first(TestDatabase test) {
        Newsroom newsroom = newsroom(test);
        newsroom.show(
                "agora",
                entry("Bridge opens, we hear")
                        .text(FULL + " More soon.")
                        .guid("a")
                        .url(PAGE));
        newsroom.later();

        newsroom.show("press", entry("Bridge opens").text(FULL).guid("1").url(PAGE));

        assertThat(newsroom.only().title()).isEqualTo("Bridge opens");
        assertThat(newsroom.only().revisions()).isEqualTo(1);
        assertThat(primary(newsroom)).isEqualTo(new Explanation.PrimarySource("press", "own-site"));
        assertThat(newsroom.news()).hasSize(1);
    }

    @OnBothDatabases
    void a_copy_never_rewords_what_the_own_site_said(TestDatabase test) {
        Newsroom newsroom = newsroom(test);
        newsroom.show("press", entry("Bridge opens").text(FULL).guid("1").url(PAGE));

        newsroom.show("agora", entry("Bridge!").text(SUMMARY).guid("a").url(PAGE));
        newsroom.show(
                "agora", entry("Bridge!!").text(FULL + " As told.").guid("a").url(PAGE));

        assertThat(newsroom.only().title()).isEqualTo("Bridge opens");
        assertThat(newsroom.only().revisions()).isZero();
    }

    @OnBothDatabases
    void a_fuller_text_takes_the_place_of_a_summary_and_is_not_mailed_again(TestDatabase test) {
        Newsroom newsroom = newsroom(test);
        newsroom.show("agora", entry("Bridge opens").text(SUMMARY).guid("a").url(PAGE));
        newsroom.later();

        newsroom.show("city", entry("The bridge opens").text(FULL).guid("c").url(PAGE));

        assertThat(newsroom.only().content()).contains("oldest bridge keepers");
        assertThat(newsroom.only().title()).isEqualTo("The bridge opens");
        assertThat(newsroom.only().revisions()).isEqualTo(1);
        assertThat(primary(newsroom)).isEqualTo(new Explanation.PrimarySource("city", "fullest"));
        assertThat(newsroom.news(Selection.ALL, newsroom.clock.instant().minusSeconds(1)))
                .isEmpty();
    }

    @OnBothDatabases
    void the_own_site_keeps_its_headline_where_another_has_the_fuller_text(TestDatabase test) {
        Newsroom newsroom = newsroom(test);
        newsroom.show("press", entry("Bridge opens").text(SUMMARY).guid("1").url(PAGE));

        newsroom.show("city", entry("The bridge").text(FULL).guid("c").url(PAGE));
        newsroom.show(
                "press", entry("Bridge opens Monday").text(SUMMARY).guid("1").url(PAGE));

        assertThat(newsroom.only().title()).isEqualTo("Bridge opens Monday");
        assertThat(newsroom.only().content()).contains("oldest bridge keepers");
        assertThat(newsroom.only().revisions()).isEqualTo(2);
        assertThat(primary(newsroom)).isEqualTo(new Explanation.PrimarySource("press", "own-site"));
    }

    @OnBothDatabases
    void visits_that_change_nothing_write_nothing_whoever_comes_first(TestDatabase test) {
        Newsroom newsroom = newsroom(test);
        SomeEntry summary = entry("Bridge opens").text(SUMMARY).guid("1").url(PAGE);
        SomeEntry full = entry("The bridge").text(FULL).guid("c").url(PAGE);
        newsroom.show("press", summary);
        newsroom.show("city", full);
        String mark = newsroom.database.read(newsroom.articles::changeMark).orElseThrow();

        newsroom.show("press", summary);
        newsroom.show("city", full);
        newsroom.show("press", summary);

        assertThat(newsroom.database.read(newsroom.articles::changeMark)).hasValue(mark);
        assertThat(newsroom.only().revisions()).isEqualTo(1);
        assertThat(newsroom.sightings(newsroom.only())).hasSize(2);
    }
}
