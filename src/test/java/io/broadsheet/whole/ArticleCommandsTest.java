package io.broadsheet.whole;

import static io.broadsheet.http.AwkwardServer.bytes;
import static io.broadsheet.whole.SourceCommandsTest.done;
import static io.broadsheet.whole.SourceCommandsTest.refused;
import static io.broadsheet.whole.SourceCommandsTest.rss;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.json.Json;
import io.broadsheet.whole.InstalledHome.Ended;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, by which an admin looks at articles and decides on them. Its tests share a home, and each has articles of its own. */
@Tag("whole")
class ArticleCommandsTest {
    @TempDir
    private static Path folder;

    private static final Map<String, String> ids = new HashMap<>();
    private static InstalledHome home;

    @BeforeAll
    static void collect() throws Exception {
        home = SourceCommandsTest.empty(folder.resolve("news"));
        try (AwkwardServer server = new AwkwardServer()) {
            server.on(
                    "/port.rss", "application/rss+xml", bytes(rss("Port", "Bridge", "Ferry", "Crane", "Barge", "Tug")));
            server.on("/city.rss", "application/rss+xml", bytes(rss("City", "Tram", "Park")));
            home.write(
                    "config/sources.yml",
                    "- name: port\n  kind: feed\n  url: %s\n- name: city\n  kind: feed\n  url: %s\n"
                            .formatted(server.url("/port.rss"), server.url("/city.rss")));
            done(home.run("collect"));
        }
        for (Map<?, ?> article : lines(home.run("article", "list", "--json"))) {
            ids.put(String.valueOf(article.get("title")), String.valueOf(article.get("id")));
        }
    }

    @AfterAll
    static void forget() {
        ids.clear();
    }

    @Test
    void articles_are_listed_by_source_and_number_in_text_and_json() throws Exception {
        List<Map<?, ?>> city = lines(home.run("article", "list", "--source", "city", "--json"));
        Ended one = home.run("article", "list", "--source", "city", "--limit", "1");
        Ended unknown = home.run("article", "list", "--source", "ctiy");

        assertThat(city).hasSize(2).allSatisfy(article -> {
            assertThat(article.keySet().toArray())
                    .containsExactly(
                            "id",
                            "title",
                            "url",
                            "published",
                            "collected",
                            "sources",
                            "sightings",
                            "revisions",
                            "standing");
            assertThat(article.get("sources")).isEqualTo(List.of("city"));
            assertThat(article.get("standing")).isEqualTo("open");
        });
        assertThat(one.out().lines()).hasSize(2);
        assertThat(one.out()).contains("STANDING", "open", "city");
        refused(2, unknown, "article list: no source is named 'ctiy'");
    }

    @Test
    void a_held_article_waits_with_its_reason_until_it_is_released() throws Exception {
        String id = ids.get("Ferry");

        Ended hold = home.run("article", "hold", id, "--note", "to be read");
        Ended held = home.run("article", "held", "--json");
        List<Map<?, ?>> listed = lines(home.run("article", "list", "--json"));
        Ended again = home.run("article", "hold", id);
        Ended release = home.run("article", "release", id);
        Ended twice = home.run("article", "release", id);

        assertThat(hold.out()).isEqualTo(id + ": held; 'article release " + id + "' opens it again\n");
        assertThat(lines(held)).singleElement().satisfies(article -> {
            assertThat(article.keySet().toArray()).containsExactly("id", "title", "url", "since", "why");
            assertThat(article.get("id")).isEqualTo(id);
            assertThat(article.get("why")).isEqualTo("held by an admin: to be read");
        });
        assertThat(listed)
                .filteredOn(article -> id.equals(article.get("id")))
                .singleElement()
                .satisfies(article -> assertThat(article.get("standing")).isEqualTo("held"));
        refused(2, again, "it is held, not open; 'explain article " + id + "' tells more");
        assertThat(release.out()).isEqualTo("1 article released\n");
        refused(2, twice, "it is open, not held");
    }

    @Test
    void a_joined_article_is_part_of_the_other_until_it_is_split_off() throws Exception {
        String crane = ids.get("Crane");
        String barge = ids.get("Barge");

        Ended join = home.run("article", "join", crane, barge);
        Ended part = home.run("article", "correct", barge);
        Ended explained = home.run("explain", "article", crane, "--json");
        Ended split = home.run("article", "split", crane, "--sighting", "2");
        Ended single = home.run("article", "split", crane, "--sighting", "2");
        Ended unnumbered = home.run("article", "split", crane);
        Ended itself = home.run("article", "join", crane, crane);

        assertThat(join.out()).isEqualTo(crane + ": joined with " + barge + "\n");
        refused(2, part, "it is joined");
        assertThat(explained.json().keySet().toArray())
                .containsExactly("article", "sightings", "selected-by", "mailed-in", "primary", "stands", "rulings");
        assertThat((List<?>) explained.json().get("sightings")).hasSize(2);
        assertThat(split.out()).isEqualTo(barge + "\n");
        refused(2, single, "it has 1 sighting, so number 2 can't be split off");
        refused(2, unnumbered, "--sighting");
        refused(2, itself, "are one article already");
    }

    @Test
    void a_retracted_article_is_marked_and_stays_taken_back() throws Exception {
        String id = ids.get("Tug");

        Ended correct = home.run("article", "correct", id, "--note", "its name was wrong");
        Ended retract = home.run("article", "retract", id, "--note", "it never sailed");
        Ended listed = home.run("article", "list", "--source", "port");
        Ended explained = home.run("explain", "article", id);
        Ended again = home.run("article", "retract", id);
        Ended discard = home.run("article", "discard", id);

        assertThat(correct.out()).isEqualTo(id + ": corrected\n");
        assertThat(retract.out()).isEqualTo(id + ": retracted\n");
        assertThat(listed.out().lines().filter(line -> line.startsWith(id)))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("retracted"));
        assertThat(explained.out()).contains("Tug", "retracted since", "it never sailed", "its name was wrong");
        refused(2, again, "it is retracted, so there is nothing to take back");
        refused(2, discard, "it is retracted, not held");
    }

    @Test
    void what_is_no_article_is_refused_in_one_line() throws Exception {
        refused(2, home.run("article", "retract", "999"), "there is no article 999; 'article list' shows the newest");
        refused(2, home.run("explain", "article", "nonsense"), "'nonsense' is no article's id");
        refused(
                2,
                home.run("article", "release"),
                "name either articles by their ids, or all of one source by --source");
        refused(2, home.run("article", "discard", "--source", "nobody"), "no source is named 'nobody'");
    }

    private static List<Map<?, ?>> lines(Ended ended) {
        done(ended);
        return ended.out()
                .lines()
                .<Map<?, ?>>map(line -> Json.read(line, Map.class))
                .toList();
    }
}
