package io.broadsheet.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.Rows;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.input.SAXBuilder;
import org.junit.jupiter.api.io.TempDir;

class PublishFeedsTest {
    private static final Namespace TOMBSTONES = Namespace.getNamespace("http://purl.org/atompub/tombstones/1.0");

    @OnBothDatabases
    void files_are_written_with_their_twins_and_a_list(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");

        assertThat(home.build())
                .containsExactly(new FeedReport(
                        "news", List.of("feeds/news.rss", "feeds/news.atom", "feeds/news.json"), true, 1));

        assertThat(home.names())
                .containsExactly(
                        ".index.json",
                        "feeds.opml",
                        "feeds.opml.gz",
                        "news.atom",
                        "news.atom.gz",
                        "news.json",
                        "news.json.gz",
                        "news.rss",
                        "news.rss.gz");
        assertThat(Bytes.gunzip(Files.readAllBytes(home.file("news.rss.gz")), 1 << 20))
                .isEqualTo(Files.readAllBytes(home.file("news.rss")));
    }

    @OnBothDatabases
    void the_same_articles_write_nothing(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.build();
        FileTime before = Files.getLastModifiedTime(home.file("news.rss"));
        Object inode = inode(home.file("news.rss"));

        assertThat(home.build())
                .singleElement()
                .satisfies(report -> assertThat(report.changed()).isFalse());

        assertThat(Files.getLastModifiedTime(home.file("news.rss"))).isEqualTo(before);
        assertThat(inode(home.file("news.rss"))).isEqualTo(inode);
        assertThat(feed(home).changeNumber()).isEqualTo(1);
    }

    @OnBothDatabases
    void a_changed_article_changes_the_files_and_their_instant(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.build();
        home.database.writing(tx -> Rows.retitle(tx, 1, "Bridge reopens today", home.clock.instant()));

        assertThat(home.build())
                .singleElement()
                .satisfies(report -> assertThat(report.changed()).isTrue());

        assertThat(home.file("news.json")).content().contains("Bridge reopens today");
        assertThat(feed(home).changeNumber()).isEqualTo(2);
        assertThat(Files.getLastModifiedTime(home.file("news.json")).toInstant())
                .isEqualTo(home.clock.instant());
    }

    @OnBothDatabases
    void what_is_missing_or_damaged_is_built_again_with_the_instant_it_had(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.build();
        byte[] good = Files.readAllBytes(home.file("news.rss"));
        Instant modified = Files.getLastModifiedTime(home.file("news.rss")).toInstant();
        Files.writeString(home.file("news.rss"), "<rss");
        Files.delete(home.file("news.atom"));
        Files.write(home.file("news.json.gz"), new byte[] {1, 2, 3});
        Files.writeString(home.file(".news.rss.tmp"), "half");

        home.build();

        assertThat(home.file("news.rss")).hasBinaryContent(good);
        assertThat(Files.getLastModifiedTime(home.file("news.rss")).toInstant()).isEqualTo(modified);
        assertThat(home.file("news.atom")).exists();
        assertThat(Bytes.gunzip(Files.readAllBytes(home.file("news.json.gz")), 1 << 20))
                .isEqualTo(Files.readAllBytes(home.file("news.json")));
        assertThat(home.names()).doesNotContain(".news.rss.tmp");
        assertThat(feed(home).changeNumber()).isEqualTo(1);
    }

    @OnBothDatabases
    void a_retracted_article_leaves_a_tombstone_in_atom_for_ninety_days(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.article(2, "Quay closes");
        home.build();
        assertThat(home.file("news.atom")).content().doesNotContain("deleted-entry");

        home.retract(1, "It was <not> so\u0001 & ]]> \u202e");
        Instant when = home.clock.instant();
        assertThat(home.build())
                .singleElement()
                .satisfies(report -> assertThat(report.changed()).isTrue());

        Element root = new SAXBuilder().build(home.file("news.atom").toFile()).getRootElement();
        assertThat(root.getChildText("updated", root.getNamespace())).isEqualTo(when.toString());
        assertThat(root.getChildren("entry", root.getNamespace())).hasSize(1);
        assertThat(root.getChildren("deleted-entry", TOMBSTONES))
                .singleElement()
                .satisfies(tombstone -> {
                    assertThat(tombstone.getAttributeValue("ref")).isEqualTo("tag:news.example.org,2026:article/1");
                    assertThat(tombstone.getAttributeValue("when")).isEqualTo(when.toString());
                    assertThat(tombstone.getChildText("comment", TOMBSTONES)).startsWith("It was <not> so");
                });
        assertThat(home.build())
                .singleElement()
                .satisfies(report -> assertThat(report.changed()).isFalse());

        home.clock.advance(Duration.ofDays(92));
        home.build();

        assertThat(home.file("news.atom")).content().doesNotContain("deleted-entry");
    }

    @OnBothDatabases
    void a_closed_feed_has_no_files_and_is_known_to_be_gone(TestDatabase test) throws Exception {
        Published home = new Published(test);
        home.define("old");
        home.build();
        PublishedFeeds served = new PublishedFeeds(home.folder);
        assertThat(served.find("old", FeedFormat.RSS)).isPresent();

        home.database.writing(tx -> home.store.close(tx, "old", home.clock.instant()));
        home.build();

        assertThat(home.names()).noneMatch(name -> name.startsWith("old."));
        PublishedFeeds later = new PublishedFeeds(home.folder);
        assertThat(later.find("old", FeedFormat.RSS)).isEmpty();
        assertThat(later.standing("old")).isEqualTo(PublishedFeeds.Standing.CLOSED);
        assertThat(later.standing("never")).isEqualTo(PublishedFeeds.Standing.UNKNOWN);
    }

    @OnBothDatabases
    void each_node_builds_the_same_files_with_the_same_instant(TestDatabase test, @TempDir Path other)
            throws Exception {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.build();
        Published node = new Published(test, other);
        node.clock.set(Instant.parse("2026-11-25T00:00:00Z"));

        node.build();

        for (String name : List.of("news.rss", "news.rss.gz", "news.atom", "news.json")) {
            assertThat(node.file(name)).hasSameBinaryContentAs(home.file(name));
            assertThat(Files.getLastModifiedTime(node.file(name)))
                    .isEqualTo(Files.getLastModifiedTime(home.file(name)));
        }
    }

    @OnBothDatabases
    void a_clock_that_steps_back_still_moves_the_instant_on(TestDatabase test) {
        Published home = new Published(test);
        home.article(1, "Bridge reopens");
        home.build();
        Instant first = feed(home).changed();
        home.database.writing(tx -> Rows.retitle(tx, 1, "Bridge closes", home.clock.instant()));
        home.clock.set(Instant.parse("2026-01-01T00:00:00Z"));

        home.build();

        assertThat(feed(home).changed()).isAfter(first);
    }

    @OnBothDatabases
    void a_file_system_that_refuses_is_told_with_the_mend_and_the_next_call_makes_it_good(TestDatabase test)
            throws Exception {
        Published home = new Published(test);
        home.define("other");
        home.article(1, "Bridge reopens");
        home.build();
        byte[] old = Files.readAllBytes(home.file("news.json"));
        home.database.writing(tx -> Rows.retitle(tx, 1, "Bridge closes", home.clock.instant()));
        // A folder of the name that a file is first written under can't be written to, whoever we are.
        Path inTheWay = Files.createDirectories(home.file(".news.json.tmp").resolve("full"));

        assertThatThrownBy(home::build)
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining(home.folder.toString())
                .hasMessageContaining("feeds build");
        assertThat(home.file("news.json")).hasBinaryContent(old);

        Files.delete(inTheWay);
        Files.delete(home.file(".news.json.tmp"));
        home.build();

        assertThat(home.file("news.json")).content().contains("Bridge closes");
        assertThat(home.file("other.json")).content().contains("Bridge closes");
    }

    private static Feed feed(Published home) {
        return home.database.read(tx -> home.store.find(tx, "news")).orElseThrow();
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
