package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @OnBothDatabases
    void each_key_narrows_and_within_a_key_any_will_do(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press", "Official");
        newsroom.source("city");
        newsroom.show("press", entry("Bridge").url("https://a.example/1").author("Ada Lovelace, José Núñez"));
        newsroom.show("press", entry("Pont").url("https://a.example/2").language("fr-CA"));
        newsroom.show("city", entry("Tunnel").url("https://a.example/3").categories("Traffic"));

        assertThat(newsroom.titles(select("sources", "city", "nobody"))).containsExactly("Tunnel");
        assertThat(newsroom.titles(select("tags", "official", "traffic")))
                .containsExactlyInAnyOrder("Bridge", "Pont", "Tunnel");
        assertThat(newsroom.titles(select("tags", "TRAFFIC"))).containsExactly("Tunnel");
        assertThat(newsroom.titles(select("authors", "jose nunez"))).containsExactly("Bridge");
        assertThat(newsroom.titles(select("languages", "fr"))).containsExactly("Pont");
        assertThat(newsroom.titles(select("languages", "en"))).containsExactlyInAnyOrder("Bridge", "Tunnel");
        assertThat(newsroom.titles(select("words", "TUNNEL"))).containsExactly("Tunnel");
        assertThat(newsroom.titles(select("words", "tunn"))).isEmpty();
        assertThat(newsroom.news(select("words", "tunnel"), Instant.EPOCH)).containsExactly("Tunnel");
        assertThat(newsroom.titles(new Selection(
                        List.of("press"), List.of(), List.of(), List.of("fr"), List.of("pont", "bridge"))))
                .containsExactly("Pont");
    }

    @OnBothDatabases
    void pages_follow_one_another_without_gap_or_repeat(TestDatabase test) {
        Newsroom newsroom = new Newsroom(test);
        newsroom.source("press");
        newsroom.source("city");
        List<SomeEntry> many = new ArrayList<>();
        for (int at = 0; at < 450; at++) {
            many.add(entry("Story " + at).text("<p>" + at + "</p>").url("https://a.example/" + at));
        }
        newsroom.show("press", many.toArray(SomeEntry[]::new));
        newsroom.show("city", many.subList(0, 50).toArray(SomeEntry[]::new));

        List<Candidate> news = newsroom.database.read(
                tx -> newsroom.articles.eligible(tx, Selection.ALL, Instant.EPOCH, newsroom.clock.instant(), 1_000));
        List<Article> newest =
                newsroom.database.read(tx -> newsroom.articles.newest(tx, select("sources", "press", "city"), 430));
        List<ListedArticle> listed = new ListArticles(
                        newsroom.database, newsroom.sources, newsroom.articles, "https://news.example.org")
                .list("press", 1_000);

        assertThat(news).extracting(Candidate::id).doesNotHaveDuplicates().hasSize(450);
        assertThat(newest).extracting(Article::id).doesNotHaveDuplicates().hasSize(430);
        assertThat(newest.get(0).title()).isEqualTo("Story 0");
        assertThat(listed).hasSize(450);
        assertThat(listed.get(0).sightings()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ecole, L'École est fermée., true",
        "STRASSE, Die Straße ist gesperrt., true",
        "lodz, W Łodzi i w Łódź., true",
        "οδος, Η ΟΔΌΣ κλειστή., true",
        "ёлка, Новая елка стоит., true",
        "новая ёлка, Новая елка стоит., true",
        "art, The article starts., false",
        "bridge opens, The bridge — opens., true",
        "会議, 東京で会議があった, true",
        "अनुमति, यह अनुमति है, true",
        "++, C++ is a language, false",
    })
    void words_are_whole_and_blind_to_case_and_accents(String word, String text, boolean stands) {
        assertThat(Folding.stands(Folding.words(word), Folding.words(text))).isEqualTo(stands);
    }

    @Test
    void an_empty_selection_lets_all_through() {
        SelectionMatcher all = new SelectionMatcher(Selection.ALL, List.of());

        assertThat(all.onlySources()).isNull();
        assertThat(all.needsText()).isFalse();
    }

    private static Selection select(String key, String... values) {
        List<String> wanted = List.of(values);
        return new Selection(
                key.equals("sources") ? wanted : List.of(),
                key.equals("tags") ? wanted : List.of(),
                key.equals("authors") ? wanted : List.of(),
                key.equals("languages") ? wanted : List.of(),
                key.equals("words") ? wanted : List.of());
    }
}
