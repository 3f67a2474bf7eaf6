package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.Problem;
import io.broadsheet.source.SourceDefinition.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceDefinitionsTest {
    @TempDir
    Path folder;

    private Loaded<List<SourceDefinition>> read(String yaml) throws Exception {
        Home home = Home.at(folder).create();
        Files.writeString(home.config(Home.SOURCES), yaml);
        return SourceDefinitions.read(home);
    }

    @Test
    void sources_are_read_in_their_order_with_their_defaults() throws Exception {
        List<SourceDefinition> sources = read("""
                - name: press
                  kind: feed
                  url: https://news.example.org/rss.xml
                  every: 90
                  tags: [press]
                  backlog: 3
                  language: EN
                  time-zone: Europe/Berlin
                - name: releases
                  kind: folder
                  path: releases
                """).orThrow();

        assertThat(sources)
                .containsExactly(
                        new SourceDefinition(
                                "press",
                                Kind.FEED,
                                "https://news.example.org/rss.xml",
                                null,
                                Duration.ofSeconds(90),
                                List.of("press"),
                                3,
                                "en",
                                "Europe/Berlin"),
                        new SourceDefinition(
                                "releases", Kind.FOLDER, null, "releases", null, List.of(), 0, null, null));
    }

    @Test
    void a_source_that_cannot_be_is_told() throws Exception {
        assertThat(read("""
                - name: one
                  kind: feed
                  path: releases
                - name: two
                  kind: folder
                  url: https://news.example.org/rss.xml
                - name: one
                  kind: folder
                  path: ../elsewhere
                  every: 0s
                - kind: fed
                  backlog: -1
                """).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/sources.yml:1: key 'url' is missing",
                        "config/sources.yml:3: 'path' does not belong to this kind of source; a folder has a path, api has neither, all others have a url",
                        "config/sources.yml:4: key 'path' is missing",
                        "config/sources.yml:6: 'url' does not belong to this kind of source; a folder has a path, api has neither, all others have a url",
                        "config/sources.yml:7: the source 'one' is defined twice; rename one",
                        "config/sources.yml:9: 'path': '../elsewhere' is outside of the home; write a folder in it, such as releases",
                        "config/sources.yml:10: 'every' is at least 1s",
                        "config/sources.yml:11: key 'name' is missing",
                        "config/sources.yml:11: 'kind': unknown word 'fed'; did you mean 'feed'?",
                        "config/sources.yml:12: 'backlog': '-1' is not a whole number from 0 to 1000");
    }
}
