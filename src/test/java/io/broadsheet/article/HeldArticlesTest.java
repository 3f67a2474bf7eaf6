package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A flood is held, and an admin has the last word. */
class HeldArticlesTest {
    private static SomeEntry[] releases(int count, String host) {
        return IntStream.range(0, count)
                .mapToObj(
                        at -> entry("The harbour " + "abcdefghijklmnopqrstuvwxyz".charAt(at) + " report of the council")
                                .text("<p>Short text about it.</p>")
                                .guid("https://" + host + "/?p=" + (at + 1_000))
                                .url("https://" + host + "/news/" + at))
                .toArray(SomeEntry[]::new);
    }

    private static HeldArticles held(Newsroom newsroom) {
        return new HeldArticles(newsroom.database, newsroom.clock, newsroom.ids, newsroom.sources, newsroom.articles);
    }

    private static JoinArticles joining(Newsroom newsroom) {
        return new JoinArticles(newsroom.database, newsroom.clock, newsroom.ids, newsroom.articles);
    }

    @OnBothDatabases
    void a_site_move_of_25_entries_mails_nobody_and_says_why(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 0);
        newsroom.show("press", releases(25, "old.example"));
        newsroom.later();

        SourceReport report = newsroom.show("press", releases(25, "new.example"));

        assertThat(report.status()).isEqualTo(SourceReport.Status.HELD);
        assertThat(report.error()).contains("25 of 25 are new, usual is 0; 25 resemble known articles");
        assertThat(newsroom.news()).isEmpty();
        assertThat(newsroom.all()).hasSize(25);
        assertThat(held(newsroom).list("press")).hasSize(25);
        assertThat(newsroom.show("press", releases(25, "new.example")).added()).isZero();
    }

    @OnBothDatabases
    void what_is_released_becomes_news_and_what_is_discarded_never_comes_again(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.newSource("press", 0);
        newsroom.show("press", releases(25, "old.example"));
        newsroom.show("press", releases(25, "new.example"));
        newsroom.later();
        HeldArticles held = held(newsroom);
        ArticleId one = ArticleId.parse(held.list(null).get(0).id());

        int released = held.release(new HeldArticles.Which(List.of(one), null));
        int discarded = held.discard(new HeldArticles.Which(List.of(), "press"));

        assertThat(released).isEqualTo(1);
        assertThat(discarded).isEqualTo(24);
        assertThat(newsroom.news()).hasSize(1);
        assertThat(newsroom.all()).hasSize(26);
        assertThatThrownBy(() -> held.release(new HeldArticles.Which(List.of(one), null)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it is open, not held");
    }

    @OnBothDatabases
    void a_page_that_shows_another_story_than_before_is_held(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("This week").guid("w").url("https://a.example/week"));
        newsroom.later();

        String other =
                "<p>Nothing of what stood here stays, since the editors put up quite another tale about foxes, owls, "
                        + "hedgehogs and badgers that live in the woods behind the mill, where children go in autumn to gather nuts.</p>";
        SourceReport report =
                newsroom.show("press", entry("This week").text(other).guid("w").url("https://a.example/week"));

        assertThat(report.status()).isEqualTo(SourceReport.Status.HELD);
        assertThat(report.added()).isEqualTo(1);
        assertThat(held(newsroom).list(null))
                .singleElement()
                .satisfies(article -> assertThat(article.why()).startsWith("page reused"));
        assertThat(newsroom.only().revisions()).isZero();
    }

    @OnBothDatabases
    void two_articles_that_an_admin_joined_stay_one(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        newsroom.show("city", entry("A crossing, mended").guid("2").url("https://b.example/2"));
        List<Article> both = newsroom.all();

        joining(newsroom).join(both.get(1).id(), both.get(0).id());
        SourceReport again =
                newsroom.show("city", entry("A crossing, mended").guid("2").url("https://b.example/2"));

        assertThat(again.added()).isZero();
        assertThat(newsroom.only().sources()).containsExactly("press", "city");
    }

    @OnBothDatabases
    void what_an_admin_split_is_never_joined_again(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        newsroom.show("city", entry("Bridge, we hear").guid("2").url("https://a.example/1"));
        ArticleId article = newsroom.only().id();

        ArticleId other = joining(newsroom).split(article, 2, false);
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        SourceReport again =
                newsroom.show("city", entry("Bridge, we hear").guid("2").url("https://a.example/1"));

        assertThat(again.added()).isZero();
        assertThat(newsroom.all()).extracting(Article::id).containsExactlyInAnyOrder(article, other);
        assertThat(newsroom.titles(Selection.ALL)).containsExactlyInAnyOrder("Bridge", "Bridge, we hear");
        assertThat(newsroom.news()).containsExactly("Bridge");
    }

    @OnBothDatabases
    void a_retracted_article_leaves_feeds_and_mail_and_never_comes_again(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        ArticleId article = newsroom.only().id();
        RetractArticle retract = new RetractArticle(newsroom.database, newsroom.clock, newsroom.ids, newsroom.articles);

        retract.retract(article, "it was not so");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));

        assertThat(newsroom.all()).isEmpty();
        assertThat(newsroom.news()).isEmpty();
        assertThatThrownBy(() -> retract.retract(article, null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it is retracted");
    }

    @OnBothDatabases
    void what_was_never_shown_can_only_be_discarded_and_what_was_shown_before_is_retracted(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        ArticleId seen = newsroom.only().id();
        held(newsroom).hold(seen, null);
        newsroom.show("press", entry("Ferry").guid("2").url("https://a.example/2"));
        ArticleId unseen = newsroom.only().id();
        newsroom.database.writing(
                tx -> tx.update("update article set standing = 'held', standing_why = 'flood' where id = :id")
                        .bind("id", unseen.value())
                        .execute());
        RetractArticle retract = new RetractArticle(newsroom.database, newsroom.clock, newsroom.ids, newsroom.articles);

        assertThat(retract.retract(seen, null)).isEqualTo(Standing.Word.RETRACTED);
        assertThat(retract.retract(unseen, "it was not so")).isEqualTo(Standing.Word.DISCARDED);

        Instant before = newsroom.clock.instant().minusSeconds(1);
        assertThat(newsroom.database.<List<Retracted>>read(
                        tx -> newsroom.articles.retracted(tx, Selection.ALL, before)))
                .extracting(Retracted::id)
                .containsExactly(seen);
        assertThat(explained(newsroom, unseen).stands().why()).isEqualTo("it was not so");
    }

    @OnBothDatabases
    void what_others_took_back_hides_no_retraction_of_a_selection(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("city");
        newsroom.source("press", "national");
        newsroom.show("city", entry("Bridge").guid("1").url("https://city.example/1"));
        ArticleId bridge = newsroom.only().id();
        newsroom.show(
                "press",
                IntStream.range(0, 101)
                        .mapToObj(at -> entry("Ferry " + at).guid("f" + at).url("https://press.example/" + at))
                        .toArray(SomeEntry[]::new));
        Instant before = newsroom.clock.instant().minusSeconds(1);
        RetractArticle retract = new RetractArticle(newsroom.database, newsroom.clock, newsroom.ids, newsroom.articles);
        retract.retract(bridge, null);
        newsroom.later();
        for (List<Article> more = newsroom.all(); !more.isEmpty(); more = newsroom.all()) {
            more.forEach(article -> retract.retract(article.id(), null));
        }

        assertThat(retracted(newsroom, Selection.ALL, before)).hasSize(100).doesNotContain(bridge);
        assertThat(retracted(
                        newsroom, new Selection(List.of("city"), List.of(), List.of(), List.of(), List.of()), before))
                .containsExactly(bridge);
    }

    private static List<ArticleId> retracted(Newsroom newsroom, Selection selection, Instant since) {
        return newsroom.database.<List<Retracted>>read(tx -> newsroom.articles.retracted(tx, selection, since)).stream()
                .map(Retracted::id)
                .toList();
    }

    @OnBothDatabases
    void what_an_admin_decided_is_explained_with_the_number_of_each_sighting(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        newsroom.show("press", entry("Bridge").guid("1").url("https://a.example/1"));
        newsroom.show("city", entry("Bridge").guid("2").url("https://a.example/1"));
        ArticleId article = newsroom.only().id();

        held(newsroom).hold(article, "look again");
        Explanation held = explained(newsroom, article);
        held(newsroom).release(new HeldArticles.Which(List.of(article), null));
        ArticleId other =
                joining(newsroom).split(article, held.sightings().get(1).number(), false);
        joining(newsroom).join(article, other);
        Explanation joined = explained(newsroom, other);

        assertThat(held.stands().standing()).isEqualTo("held");
        assertThat(held.stands().why()).isEqualTo("held by an admin: look again");
        assertThat(held.sightings()).extracting(Explanation.Seen::number).containsExactly(1, 2);
        assertThat(explained(newsroom, article).rulings())
                .extracting(Explanation.Decided::what)
                .containsExactly("held", "released", "apart", "joined");
        assertThat(joined.stands().joinedTo()).isEqualTo(article.toString());
        assertThat(joined.primary()).isNull();
    }

    private static Explanation explained(Newsroom newsroom, ArticleId article) {
        return new ExplainArticle(newsroom.database, newsroom.sources, newsroom.articles, "https://news.example.org")
                .explain(article);
    }
}
