package io.broadsheet.whole;

import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.json.Json;
import io.broadsheet.whole.InstalledHome.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, by which an admin adds sources and looks after them. Its tests share a home, and each has sources of its own. */
@Tag("whole")
class SourceCommandsTest {
    @TempDir
    private static Path folder;

    private static InstalledHome home;
    private static AwkwardServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new AwkwardServer();
        home = empty("news");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void a_feed_is_found_by_its_site_and_added_once_when_somebody_says_yes() throws Exception {
        server.on("/port/news.rss", "application/rss+xml", bytes(rss("Port News", "Bridge", "Ferry")));
        server.on(
                "/port",
                "text/html",
                bytes("<!DOCTYPE html><html><head><title>Port</title><link rel=alternate type='application/rss+xml'"
                        + " href='/port/news.rss'></head><body><p>Hello to all at the port.</p></body></html>"));
        String before = Files.readString(home.file("config/sources.yml"));

        Ended asked = home.run("source", "add", server.url("/port"));
        String afterwards = Files.readString(home.file("config/sources.yml"));
        Ended added = home.run("source", "add", server.url("/port"), "--yes", "--name", "port", "--json");
        Ended again = home.run("source", "add", server.url("/port"), "--yes", "--json");
        Ended taken = home.run("source", "add", server.url("/port"), "--yes", "--name", "port");

        refused(2, asked, "source add: nobody is here to say yes; look at what was found, and add --yes");
        assertThat(asked.out()).contains("Port News", "Bridge", "2 stories");
        assertThat(afterwards).isEqualTo(before);
        done(added);
        assertThat(added.json().keySet().toArray()).containsExactly("name", "added", "source", "others");
        assertThat(added.json().get("name")).isEqualTo("port");
        assertThat(added.json().get("added")).isEqualTo(true);
        assertThat(part(added.json(), "source"))
                .containsEntry("kind", "feed")
                .containsEntry("url", server.url("/port/news.rss"))
                .containsEntry("title", "Port News")
                .containsEntry("count", 2);
        done(again);
        assertThat(again.json().get("added")).isEqualTo(false);
        done(taken);
        assertThat(taken.out()).contains(server.url("/port/news.rss") + " is in config/sources.yml already");
        assertThat(Files.readString(home.file("config/sources.yml"))).containsOnlyOnce("/port/news.rss");
    }

    @Test
    void what_gives_no_stories_is_not_added_and_the_mend_is_said() throws Exception {
        server.on(
                "/blank",
                "text/html",
                bytes("<!DOCTYPE html><html><title>x</title><p>Nothing to see here.</p></html>"));
        String before = Files.readString(home.file("config/sources.yml"));

        Ended nothing = home.run("source", "add", server.url("/blank"), "--yes");
        Ended missing = home.run("source", "add", server.url("/nowhere"), "--yes");
        Ended dead = home.run("source", "add", "http://127.0.0.1:1/", "--yes", "--json");
        Ended other = home.run("source", "add", "ftp://example.org/news", "--yes");

        refused(1, nothing, "give the address of the page that lists");
        refused(1, missing, "answered with 404, not found; is the URL right?");
        refused(1, dead, "127.0.0.1:1");
        assertThat(dead.out()).isEmpty();
        refused(
                2,
                other,
                "'ftp://example.org/news' can't be collected; give an address that begins with https:// or http://");
        assertThat(Files.readString(home.file("config/sources.yml"))).isEqualTo(before);
    }

    @Test
    void a_paused_source_is_collected_by_nobody_until_it_is_resumed() throws Exception {
        server.on("/quay.rss", "application/rss+xml", bytes(rss("Quay", "Crane", "Barge", "Pilot")));
        done(home.run("source", "add", server.url("/quay.rss"), "--yes", "--name", "quay"));

        Ended paused = home.run("source", "pause", "quay", "--json");
        Ended twice = home.run("source", "pause", "quay");
        Ended passed = home.run("collect", "--json");
        Ended shown = home.run("source", "show", "quay", "--json");
        Ended listed = home.run("source", "list");
        Ended resumed = home.run("source", "resume", "quay", "--json");
        Ended collected = home.run("collect", "quay", "--json");
        Ended well = home.run("source", "show", "quay");

        assertThat(paused.json()).isEqualTo(Map.of("name", "quay", "state", "paused", "changed", true));
        assertThat(twice.out()).isEqualTo("quay: paused already\n");
        assertThat(passed.out()).doesNotContain("\"quay\"");
        assertThat(part(shown.json(), "source"))
                .containsEntry("state", "paused")
                .containsEntry("next", null);
        assertThat(listed.out().lines().filter(line -> line.startsWith("quay ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("feed", "paused", "never"));
        assertThat(resumed.json()).isEqualTo(Map.of("name", "quay", "state", "resumed", "changed", true));
        assertThat(collected.json().get("new")).isEqualTo(3);
        assertThat(well.out()).startsWith("quay (feed): well\n").contains(server.url("/quay.rss"), "next visit");
    }

    @Test
    void a_source_that_fails_is_said_to_and_its_neighbours_are_collected() throws Exception {
        InstalledHome own = empty("failing");
        server.on("/well.rss", "application/rss+xml", bytes(rss("Well", "One", "Two")));
        own.write(
                "config/sources.yml",
                "- name: well\n  kind: feed\n  url: %s\n- name: broken\n  kind: feed\n  url: %s\n"
                        .formatted(server.url("/well.rss"), server.url("/none.rss")));

        Ended collected = own.run("collect", "--json");
        Ended listed = own.run("source", "list", "--json");
        Ended shown = own.run("source", "show", "broken");
        Ended alone = own.run("collect", "broken");

        assertThat(collected.exitCode()).as(collected.err()).isEqualTo(3);
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out().lines().map(line -> Json.read(line, Map.class)).toList())
                .extracting(source -> source.get("name") + " " + source.get("state") + " " + source.get("failures"))
                .containsExactlyInAnyOrder("well well 0", "broken failing 1");
        assertThat(shown.out())
                .contains("broken (feed): failing", "1 in a row", "answered with 404, not found; is the URL right?");
        refused(1, alone, "answered with 404");
    }

    @Test
    void a_test_shows_what_a_source_gives_and_stores_nothing() throws Exception {
        InstalledHome own = empty("tested");
        own.write("releases/bridge.txt", "Harbour bridge reopens\n\nThe bridge is open to all traffic again.\n");
        Files.write(own.file("releases/bridge.png"), png());
        own.write(
                "config/sources.yml",
                "- name: desk\n  kind: folder\n  path: releases\n- name: none\n  kind: feed\n  url: "
                        + server.url("/none.rss") + "\n");

        Ended tested = own.run("source", "test", "desk", "--json");
        Ended text = own.run("source", "test", "desk");
        Ended failed = own.run("source", "test", "none", "--json");
        Ended articles = own.run("article", "list", "--json");
        List<Path> media = files(own.file("feeds/media"));

        done(tested);
        assertThat(tested.json().keySet().toArray()).containsExactly("name", "error", "entries", "notes");
        assertThat(tested.out()).contains("Harbour bridge reopens", "/feeds/media/");
        assertThat(text.out()).contains("Harbour bridge reopens", "desk: 1 entry");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(String.valueOf(failed.json().get("error")))
                .contains("answered with 404, not found; is the URL right?");
        assertThat(articles.out()).isEmpty();
        assertThat(media).isEmpty();
    }

    @Test
    void feeds_go_out_as_opml_and_into_another_home_as_they_were() throws Exception {
        InstalledHome from = empty("from");
        InstalledHome to = empty("to");
        from.write("mine.opml", """
                <?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
                <outline text="Порт"><outline text="Tides &amp; &quot;Winds&quot;" xmlUrl="https://a.example/rss?a=1&amp;b='2'"/>
                <outline text="Inner"><outline text="港" xmlUrl="https://b.example/feed"/></outline></outline>
                <outline text="Again" xmlUrl="https://b.example/feed"/></body></opml>
                """);

        Ended imported = from.run("source", "import", from.file("mine.opml").toString(), "--json");
        Ended exported = from.run("source", "export");
        Files.writeString(to.file("theirs.opml"), exported.out());
        Ended there = to.run("source", "import", to.file("theirs.opml").toString());
        Ended back = to.run("source", "export");
        Ended again = to.run("source", "import", to.file("theirs.opml").toString(), "--json");
        Ended absent = to.run("source", "import", "no-such.opml");

        done(imported);
        assertThat((List<?>) imported.json().get("added")).hasSize(2);
        assertThat((List<?>) imported.json().get("present")).isEmpty();
        done(exported);
        assertThat(there.out()).isEqualTo("2 sources added, 0 there before\n");
        assertThat(exported.out()).contains("category=\"Порт,Inner\"");
        assertThat(back.out()).isEqualTo(exported.out());
        assertThat((List<?>) again.json().get("added")).isEmpty();
        assertThat((List<?>) again.json().get("present")).hasSize(2);
        refused(2, absent, "no-such.opml: no such file; give the path of an OPML file");
    }

    @Test
    void an_unknown_name_is_answered_with_those_there_are() throws Exception {
        server.on("/harbour.rss", "application/rss+xml", bytes(rss("Harbour", "Mole")));
        done(home.run("source", "add", server.url("/harbour.rss"), "--yes", "--name", "harbour"));

        Ended unknown = home.run("source", "pause", "harbor");

        refused(2, unknown, "source: none is named 'harbor'; there are ");
        assertThat(unknown.err()).contains("harbour");
    }

    static void refused(int exitCode, Ended ended, String says) {
        assertThat(ended.exitCode()).as("%s%s", ended.out(), ended.err()).isEqualTo(exitCode);
        assertThat(ended.err().lines().filter(line -> line.startsWith("broadsheet: ")))
                .as(ended.err())
                .anySatisfy(line -> assertThat(line).contains(says));
        assertThat(ended.err()).doesNotContain("Exception", "\tat ", "a bug in");
    }

    static void done(Ended ended) {
        assertThat(ended.exitCode()).as("%s%s", ended.out(), ended.err()).isZero();
    }

    private static Map<Object, Object> part(Map<?, ?> whole, String name) {
        return new HashMap<>((Map<?, ?>) whole.get(name));
    }

    private static List<Path> files(Path folder) throws Exception {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    static String rss(String title, String... stories) {
        StringBuilder items = new StringBuilder();
        for (String story : stories) {
            items.append(
                    "<item><title>%1$s</title><link>https://a.example/%2$s/%1$s</link><guid>%2$s-%1$s</guid><description>%1$s is the talk of %2$s since this morning.</description></item>"
                            .formatted(story, title.replace(' ', '-')));
        }
        return "<rss version=\"2.0\"><channel><title>" + title
                + "</title><link>https://a.example/</link><description>A</description>" + items + "</channel></rss>";
    }

    private static byte[] png() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(
                new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    /** A home without sources and newsletters, which may fetch from this machine. */
    private static InstalledHome empty(String name) throws Exception {
        return empty(folder.resolve(name));
    }

    static InstalledHome empty(Path place) throws Exception {
        InstalledHome home = new InstalledHome(place);
        home.write(
                "config/broadsheet.yml",
                "site:\n  url: https://news.example.org\nserver:\n  listen: 127.0.0.1:0\nfetch:\n  allow-private: [127.0.0.1]\n");
        home.write("config/sources.yml", "# none yet\n");
        home.write("config/feeds.yml", "- { name: news, title: All, select: {} }\n");
        home.write("config/newsletters.yml", "[]\n");
        return home;
    }
}
