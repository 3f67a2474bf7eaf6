package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.util.List;

/** An article is news once: the first promise of the design, rule by rule. */
class IdentityTest {
    @OnBothDatabases
    void the_same_story_from_two_sources_is_one_article(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");

        newsroom.show("press", entry("Harbour bridge reopens").url("https://a.example/bridge?utm_source=rss"));
        newsroom.show("city", entry("Harbour bridge reopens").url("http://www.a.example/bridge/"));

        Article article = newsroom.only();
        assertThat(article.sources()).containsExactly("press", "city");
        assertThat(newsroom.sightings(article))
                .extracting(Explanation.Seen::joinedBy)
                .containsExactly("first", "url");
    }

    @OnBothDatabases
    void a_story_with_a_new_guid_is_the_same_article(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("Bridge").guid("one").url("https://a.example/bridge"));
        newsroom.later();
        newsroom.show("press", entry("Bridge").guid("two").url("https://a.example/bridge"));

        assertThat(newsroom.sightings(newsroom.only()))
                .extracting(Explanation.Seen::guid)
                .containsExactly("one", "two");
    }

    @OnBothDatabases
    void a_guid_that_moves_from_http_to_https_or_another_host_prefix_is_the_same(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("Bridge").guid("http://www.a.example/?page=7"));
        newsroom.show("press", entry("Bridge, corrected").guid("https://a.example/?page=7"));

        assertThat(newsroom.sightings(newsroom.only()))
                .extracting(Explanation.Seen::joinedBy)
                .containsExactly("first", "guid-key");
    }

    @OnBothDatabases
    void a_new_slug_under_the_same_guid_is_the_same_article_and_the_link_follows(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("Brigde").guid("7").url("https://a.example/brigde"));
        newsroom.show("press", entry("Bridge").guid("7").url("https://a.example/bridge"));

        assertThat(newsroom.only().url()).isEqualTo("https://a.example/bridge");
    }

    @OnBothDatabases
    void a_new_slug_on_a_platforms_number_is_the_same_article(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("hub");

        newsroom.show("press", entry("Visit").url("https://www.a.example/News/Article-Display/Article/3178115/visit/"));
        newsroom.show("hub", entry("A visit").url("https://a.example/NEWS/article-display/article/3178115/a-visit"));

        assertThat(newsroom.sightings(newsroom.only()))
                .extracting(Explanation.Seen::joinedBy)
                .containsExactly("first", "platform");
    }

    @OnBothDatabases
    void stories_that_share_one_guid_in_a_document_stay_apart_and_stay_known(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        SomeEntry[] all = {
            entry("One").guid("https://a.example/").url("https://a.example/1"),
            entry("Two").guid("https://a.example/").url("https://a.example/2"),
            entry("Three").guid("https://a.example/").url("https://a.example/3")
        };

        newsroom.show("press", all);
        SourceReport again = newsroom.show("press", all);
        newsroom.show("press", entry("Four").guid("https://a.example/").url("https://a.example/4"));

        assertThat(again.isChanged()).isFalse();
        assertThat(newsroom.all()).hasSize(4);
        assertThat(newsroom.stored("press").guids().shared()).isTrue();
    }

    @OnBothDatabases
    void a_shared_guid_is_remembered_of_its_source(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show(
                "press",
                entry("One").guid("news").url("https://a.example/1"),
                entry("Two").guid("news").url("https://a.example/2"));

        newsroom.show("press", entry("Three").guid("other").url("https://a.example/3"));
        newsroom.show("press", entry("Four").guid("other").url("https://a.example/4"));

        assertThat(newsroom.all()).hasSize(4);
    }

    @OnBothDatabases
    void guids_that_are_drawn_anew_at_each_visit_make_no_articles_and_no_rows(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        for (int visit = 0; visit < 5; visit++) {
            newsroom.show(
                    "press",
                    entry("One").guid("a" + visit).url("https://a.example/1"),
                    entry("Two").guid("b" + visit).url("https://a.example/2"),
                    entry("Three").guid("c" + visit).url("https://a.example/3"));
        }

        assertThat(newsroom.all()).hasSize(3);
        assertThat(newsroom.stored("press").guids().isTrusted()).isFalse();
        assertThat(newsroom.sightings(newsroom.all().get(0))).hasSizeLessThanOrEqualTo(2);
    }

    @OnBothDatabases
    void guids_that_count_positions_in_the_list_join_nothing(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show(
                "press",
                entry("Three").guid("1").url("https://a.example/3"),
                entry("Two").guid("2").url("https://a.example/2"),
                entry("One").guid("3").url("https://a.example/1"));

        SourceReport next = newsroom.show(
                "press",
                entry("Four").guid("1").url("https://a.example/4"),
                entry("Three").guid("2").url("https://a.example/3"),
                entry("Two").guid("3").url("https://a.example/2"),
                entry("One").guid("4").url("https://a.example/1"));

        assertThat(next.added()).isEqualTo(1);
        assertThat(next.revised()).isZero();
        assertThat(newsroom.titles(Selection.ALL)).containsExactlyInAnyOrder("One", "Two", "Three", "Four");
    }

    @OnBothDatabases
    void stories_without_links_whose_guids_are_drawn_anew_are_known_by_their_text(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        for (int visit = 0; visit < 3; visit++) {
            newsroom.show(
                    "press",
                    entry("One").guid("a" + visit),
                    entry("Two").guid("b" + visit),
                    entry("Three").guid("c" + visit));
        }

        assertThat(newsroom.all()).hasSize(3);
    }

    @OnBothDatabases
    void stories_that_link_to_one_page_stay_apart_and_stay_known(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("status");
        SomeEntry[] all = {
            entry("Mail is slow").url("https://status.example/incidents"),
            entry("Mail is fast").url("https://status.example/incidents")
        };

        newsroom.show("status", all);
        SourceReport again = newsroom.show("status", all);

        assertThat(newsroom.all()).hasSize(2);
        assertThat(again.isChanged()).isFalse();
    }

    @OnBothDatabases
    void a_link_to_the_front_page_or_to_the_list_tells_no_story(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("One").url("https://press.example/"));
        newsroom.show("press", entry("Two").url("http://www.press.example"));
        newsroom.show("press", entry("Three").url("https://press.example/news"));
        newsroom.show("press", entry("Four").url("https://press.example/news/"));

        assertThat(newsroom.all()).hasSize(4);
    }

    @OnBothDatabases
    void stories_without_guid_and_link_are_known_by_their_whole_text(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("copies");

        newsroom.show("press", entry("Bridge"));
        SourceReport again = newsroom.show(
                "press", entry("BRIDGE ").text(SomeEntry.textOf("Bridge").replace(" ", "\n ")));
        newsroom.show("copies", entry("Bridge").guid("bridge.txt"));

        assertThat(again.added()).isZero();
        assertThat(newsroom.sightings(newsroom.only()))
                .extracting(Explanation.Seen::joinedBy)
                .containsExactly("first", "text");
    }

    @OnBothDatabases
    void the_same_few_words_in_two_sources_are_two_stories(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");

        newsroom.show("press", entry("Closed today").text("<p>The office is closed.</p>"));
        newsroom.show("city", entry("Closed today").text("<p>The office is closed.</p>"));

        assertThat(newsroom.all()).hasSize(2);
    }

    @OnBothDatabases
    void a_renamed_file_is_the_same_article_and_a_copy_beside_it_is_not(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("folder");

        newsroom.show("folder", entry("Bridge").guid("draft.txt"));
        newsroom.show("folder", entry("Bridge").guid("bridge.txt"));
        assertThat(newsroom.all()).hasSize(1);

        newsroom.show(
                "folder", entry("Bridge").guid("bridge.txt"), entry("Bridge").guid("copy.txt"));
        assertThat(newsroom.all()).hasSize(2);
    }

    @OnBothDatabases
    void one_headline_over_two_texts_is_two_stories(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        newsroom.show("press", entry("Weekly report").guid("1").text(SomeEntry.textOf("Rain")));
        newsroom.show("press", entry("Weekly report").guid("2").text(SomeEntry.textOf("Snow")));

        assertThat(newsroom.all()).hasSize(2);
    }

    @OnBothDatabases
    void an_entry_that_says_nothing_is_dropped(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");

        SourceReport report = newsroom.show(
                "press",
                entry("").text(null).guid("7"),
                entry("This is an empty article").text(null));

        assertThat(report.seen()).isZero();
        assertThat(newsroom.all()).isEmpty();
    }

    @OnBothDatabases
    void an_entry_without_headline_gets_the_beginning_of_its_text(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("notes");

        newsroom.show("notes", entry("").guid("7").text("<p>A short <b>note</b>.</p>"));

        assertThat(newsroom.only().title()).isEqualTo("A short note.");
    }

    @OnBothDatabases
    void a_visit_in_which_nothing_changed_writes_no_article_and_no_sighting(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        List<Explanation.Seen> before = newsroom.sightings(newsroom.only());
        newsroom.later();

        SourceReport report =
                newsroom.show("press", entry("Bridge").guid("1").url("http://a.example/1?utm_medium=feed"));

        assertThat(report).isEqualTo(new SourceReport("press", SourceReport.Status.OK, 0, 0, 1, null, 0));
        assertThat(newsroom.sightings(newsroom.only())).isEqualTo(before);
    }
}
