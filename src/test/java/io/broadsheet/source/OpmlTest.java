package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpmlTest {
    @TempDir
    private Path folder;

    @Test
    void feeds_of_nested_folders_come_once_each_in_their_order_with_titles_in_any_script() throws IOException {
        List<Opml.Feed> feeds = read("""
                <?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
                <outline text="Folder"><outline text="Inner"><outline type="rss" text="Порт" xmlUrl="https://a.example/rss"/></outline>
                <outline title="港 &amp; 橋" text="x" XMLURL="https://b.example/feed"/></outline>
                <outline text="Again" xmlUrl="http://www.a.example/rss"/>
                <outline text="Script" xmlUrl="javascript:alert(1)"/><outline text="File" xmlUrl="file:///etc/passwd"/>
                <outline text="No feed" htmlUrl="https://c.example/"/><outline xmlUrl="https://d.example/rss"/>
                </body></opml>
                """);

        assertThat(feeds)
                .containsExactly(
                        new Opml.Feed("Порт", "https://a.example/rss", List.of("Folder", "Inner")),
                        new Opml.Feed("港 & 橋", "https://b.example/feed", List.of("Folder")),
                        new Opml.Feed("", "https://d.example/rss", List.of()));
    }

    @Test
    void folders_and_categories_become_tags_once_each_and_those_of_a_feed_listed_twice_are_put_together()
            throws IOException {
        List<Opml.Feed> feeds = read("""
                <opml version="2.0"><body>
                <outline text="Порт"><outline text="A" category="/Harbour/Tides, press,,Порт" xmlUrl="https://a.example/rss"/></outline>
                <outline text="&quot;City&quot; &amp; &lt;b&gt;"><outline text="A" xmlUrl="https://a.example/rss"/></outline>
                <outline text=""><outline text="B" category="%s,x" xmlUrl="https://b.example/rss"/></outline>
                </body></opml>
                """.formatted("long".repeat(100)));

        assertThat(feeds)
                .extracting(Opml.Feed::tags)
                .containsExactly(List.of("Порт", "Harbour/Tides", "press", "\"City\" & <b>"), List.of("x"));
    }

    @Test
    void what_we_wrote_ourselves_is_read_as_it_was() throws IOException {
        List<SourceView> sources = List.of(
                view("a", "https://a.example/rss?x=1&y=\"2\"", List.of("press", "Порт & 港", "\"x\"")),
                view("two--dashes-and-more-than-forty-characters-in-all", "https://b.example/é", List.of()));

        List<Opml.Feed> feeds = read(Opml.write(sources, "Порт & <Sources>"));

        assertThat(feeds)
                .containsExactly(
                        new Opml.Feed(
                                "a",
                                "https://a.example/rss?x=1&y=\"2\"",
                                sources.get(0).tags()),
                        new Opml.Feed(sources.get(1).name(), "https://b.example/é", List.of()));
    }

    private static SourceView view(String name, String url, List<String> tags) {
        return new SourceView(name, "feed", url, null, "well", null, tags, null, null, 0, null);
    }

    @Test
    void ten_thousand_feeds_are_taken() throws IOException {
        StringBuilder many = new StringBuilder("<opml><body>");
        for (int at = 0; at < 10_000; at++) {
            many.append("<outline text='F")
                    .append(at)
                    .append("' xmlUrl='http://a.example/")
                    .append(at)
                    .append("'/>");
        }

        assertThat(read(many + "</body></opml>"))
                .hasSize(10_000)
                .extracting(Opml.Feed::url)
                .doesNotHaveDuplicates();
    }

    @Test
    void what_was_exported_from_windows_programs_is_read_too() throws IOException {
        Path file = folder.resolve("a.opml");
        Files.write(
                file,
                "<?xml version=\"1.0\" encoding=\"windows-1251\"?><opml><body><outline text=\"Порт\" xmlUrl=\"https://a.example/rss\"/></body></opml>"
                        .getBytes(java.nio.charset.Charset.forName("windows-1251")));

        assertThat(Opml.read(file)).containsExactly(new Opml.Feed("Порт", "https://a.example/rss", List.of()));
    }

    @Test
    void entities_that_multiply_or_name_a_file_give_nothing() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");
        StringBuilder bomb =
                new StringBuilder("<!DOCTYPE opml [<!ENTITY e0 \"ha\"><!ENTITY f SYSTEM \"" + secret.toUri() + "\">");
        for (int level = 1; level < 40; level++) {
            bomb.append("<!ENTITY e")
                    .append(level)
                    .append(" \"")
                    .append(("&e" + (level - 1) + ";").repeat(10))
                    .append("\">");
        }
        List<Opml.Feed> feeds = read(bomb + "]><opml><body><outline text=\"&e39;\" xmlUrl=\"https://a.example/rss\"/>"
                + "<outline text=\"[&f;]\" xmlUrl=\"https://b.example/rss\"/></body></opml>");

        assertThat(feeds).extracting(Opml.Feed::url).containsExactly("https://a.example/rss", "https://b.example/rss");
        assertThat(feeds).allSatisfy(feed -> assertThat(feed.title().length()).isLessThan(1_000));
        assertThat(feeds.get(1).title()).doesNotContain("SECRET");
    }

    @Test
    void folders_within_folders_without_end_are_read_no_deeper_than_the_bound() throws IOException {
        List<Opml.Feed> feeds = read("<opml><body><outline text=\"first\" xmlUrl=\"https://a.example/rss\"/>"
                + "<outline text=\"x\">".repeat(200_000) + "</body></opml>");

        assertThat(feeds).extracting(Opml.Feed::url).containsExactly("https://a.example/rss");
    }

    @Test
    void more_feeds_than_anybody_reads_are_refused_and_not_cut_in_silence() throws IOException {
        StringBuilder many = new StringBuilder("<opml><body>");
        for (int at = 0; at < 100_000; at++) {
            many.append("<outline xmlUrl='http://a.example/").append(at).append("'/>");
        }

        assertThatThrownBy(() -> read(many + "</body></opml>"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more than 10,000 feeds; split it");
        assertThatThrownBy(() -> read("<opml><body>" + " ".repeat(5 * 1024 * 1024)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("larger than 5 MiB");
    }

    @Test
    void what_is_no_opml_is_said_to_be_none() {
        assertThatThrownBy(() -> read("<html><body>Hello</body></html>"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is page, not OPML");
        assertThatThrownBy(() -> Opml.read(folder.resolve("nowhere.opml")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> read("")).isInstanceOf(UserError.class).hasMessageContaining("can't be read as OPML");
    }

    private List<Opml.Feed> read(String opml) throws IOException {
        Path file = folder.resolve("feeds.opml");
        Files.write(file, opml.getBytes(StandardCharsets.UTF_8));
        return Opml.read(file);
    }
}
