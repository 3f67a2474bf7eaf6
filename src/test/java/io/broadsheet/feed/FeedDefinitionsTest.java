package io.broadsheet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.article.Selection;
import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedDefinitionsTest {
    @TempDir
    Path folder;

    private Loaded<List<FeedDefinition>> read(String yaml) throws Exception {
        Home home = Home.at(folder).create();
        Files.writeString(home.config(Home.FEEDS), yaml);
        return FeedDefinitions.read(home, List.of("press", "releases"));
    }

    @Test
    void a_feed_is_read_with_its_selection() throws Exception {
        assertThat(read("""
                - name: news
                  title: All news
                  select: { sources: [press, releases], tags: [a], authors: [B], languages: [DE], words: [c] }
                  size: 20
                - name: bare
                """).orThrow())
                .containsExactly(
                        new FeedDefinition(
                                "news",
                                "All news",
                                null,
                                new Selection(
                                        List.of("press", "releases"),
                                        List.of("a"),
                                        List.of("B"),
                                        List.of("de"),
                                        List.of("c")),
                                20,
                                null),
                        new FeedDefinition("bare", "bare", null, Selection.ALL, 50, null));
    }

    @Test
    void a_selection_of_a_source_that_is_not_there_is_told() throws Exception {
        assertThat(read("""
                - name: news
                  select:
                    sources: [press,
                              relaeses]
                  size: 0
                """).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/feeds.yml:4: 'sources': unknown source 'relaeses'; did you mean 'releases'?",
                        "config/feeds.yml:5: 'size': '0' is not a whole number from 1 to 1000");
    }
}
