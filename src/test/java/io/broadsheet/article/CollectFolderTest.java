package io.broadsheet.article;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceMemoryStore;
import io.broadsheet.source.VisitSource;
import io.broadsheet.source.Visits;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A folder of which only what changed is read again: what else lies there is still shown. */
class CollectFolderTest {
    private static final String WORDS =
            "# Harbour bridge closed for two weeks\n\n" + String.join("\n\n", new Prose(5).paragraphs());

    @OnBothDatabases
    void a_version_beside_its_original_is_an_article_and_a_renamed_file_is_the_one_it_was(TestDatabase test)
            throws IOException {
        Newsroom newsroom = new Newsroom(test);
        Path releases = Files.createDirectories(test.home().resolve("releases"));
        Files.writeString(releases.resolve("a.md"), WORDS);
        SourceMemoryStore memories = new SourceMemoryStore();
        try (Fetcher fetcher = new Fetcher(FetchSettings.of("Broadsheet test"), Clock.systemUTC());
                Visits visits = new Visits(
                        visitSource(fetcher, newsroom, test.home()),
                        source -> newsroom.database.read(tx -> memories.pages(tx, source.id())))) {
            SourceDefinition definition = new SourceDefinition(
                    "releases",
                    SourceDefinition.Kind.FOLDER,
                    null,
                    "releases",
                    Duration.ofMinutes(15),
                    List.of(),
                    0,
                    null,
                    null);
            newsroom.database.writing(tx -> newsroom.sources.put(tx, definition, true, newsroom.clock.instant()));
            Collect collect = new Collect(
                    newsroom.database, newsroom.clock, newsroom.ids, newsroom.sources, newsroom.articles, visits, "en");

            assertThat(round(newsroom, collect)).isEqualTo("1 new, 1 seen");
            Files.writeString(releases.resolve("b.md"), WORDS + "\n\nTraffic goes by the tunnel until then.\n");
            assertThat(round(newsroom, collect)).isEqualTo("1 new, 2 seen");
            Files.writeString(releases.resolve("c.md"), "# Ferry\n\n" + String.join("\n\n", new Prose(6).paragraphs()));
            assertThat(round(newsroom, collect)).isEqualTo("1 new, 3 seen");
            Files.move(releases.resolve("c.md"), releases.resolve("d.md"));
            assertThat(round(newsroom, collect)).isEqualTo("0 new, 3 seen");
        }
    }

    private static String round(Newsroom newsroom, Collect collect) {
        newsroom.later();
        SourceReport report = collect.due(Progress.NONE).sources().get(0);
        return report.added() + " new, " + report.seen() + " seen";
    }

    private static VisitSource visitSource(Fetcher fetcher, Newsroom newsroom, Path home) {
        MediaFiles media =
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", newsroom.clock);
        return new VisitSource(fetcher, new Robots(fetcher, newsroom.clock), home, media);
    }
}
