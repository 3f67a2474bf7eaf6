package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {
    private final Fetcher fetcher = new Fetcher(FetchSettings.of("Broadsheet test"), Clock.systemUTC());
    private final Inspect inspect = new Inspect(fetcher, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        fetcher.close();
    }

    @Test
    void what_a_file_holds_decides_how_it_is_read() throws IOException {
        assertThat(kind("a", "<rss version=\"2.0\"><channel><title>x</title></channel></rss>"))
                .isEqualTo("feed");
        assertThat(kind("b", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}"))
                .isEqualTo("feed");
        assertThat(kind("c", "<!DOCTYPE html><title>x</title><p>Hello")).isEqualTo("page");
        assertThat(kind("d", "---\ntitle: x\n---\nHello\n")).isEqualTo("text");
        assertThat(kind("e", "Bridge reopens\n\nIt is open.\n")).isEqualTo("text");
        assertThat(kind("f", "<opml version=\"2.0\"><body/></opml>")).isEqualTo("opml");
    }

    @Test
    void what_an_entry_lacks_is_null_in_json_its_headline_too() throws IOException {
        Inspected inspected = inspect("feed.json", """
                {"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","content_text":"Hello"}]}
                """);

        assertThat(Json.write(inspected))
                .contains("\"title\":null", "\"url\":null")
                .doesNotContain("\"\"");
    }

    @Test
    void an_opml_list_gives_its_feeds_in_order() throws IOException {
        Inspected inspected = inspect("list.opml", """
                <?xml version="1.0"?>
                <opml version="2.0"><head><title>Ports & bridges</title></head><body>
                <outline text="Ports"><outline text="Harbour" type="rss" xmlUrl="https://news.example.org/rss"/></outline>
                <outline title="Ferry" text="f" xmlurl="https://ferry.example/atom"/></body></opml>
                """);

        assertThat(inspected.title()).isEqualTo("Ports & bridges");
        assertThat(inspected.entries()).extracting(Entry::title).containsExactly("Harbour", "Ferry");
        assertThat(inspected.entries())
                .extracting(Entry::url)
                .containsExactly("https://news.example.org/rss", "https://ferry.example/atom");
    }

    @Test
    void a_page_tells_what_its_metadata_says() throws IOException {
        Inspected inspected = inspect("page.html", """
                <!DOCTYPE html><html lang="en-us"><head><title>Bridge reopens | Harbour news</title>
                <link rel="canonical" href="/news/bridge"><meta property="og:title" content="Bridge reopens &amp; more">
                <meta name="description" content="Traffic rolls."><meta property="article:tag" content="Bridges">
                <script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Bridge reopens",
                "datePublished":"2025-03-04T10:00:00+01:00","author":[{"name":"Ada Example"}]}]}</script></head>
                <body><nav>Menu</nav><article><h1>Bridge reopens</h1><p>It is <a href="/x">open</a>.</p></article><footer>Foot</footer></body></html>
                """);

        Entry entry = inspected.entries().get(0);
        assertThat(inspected.kind()).isEqualTo("page");
        assertThat(entry.title()).isEqualTo("Bridge reopens");
        assertThat(entry.url()).isEqualTo("https://news.example.org/news/bridge");
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-03-04T09:00:00Z"));
        assertThat(entry.dateFrom()).isEqualTo("JSON-LD datePublished");
        assertThat(entry.summary()).isEqualTo("Traffic rolls.");
        assertThat(entry.language()).isEqualTo("en-US");
        assertThat(entry.categories()).containsExactly("Bridges");
        assertThat(entry.content()).isEqualTo("<p>It is <a href=\"https://news.example.org/x\">open</a>.</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<div>", "<b><p>", "<table><tr><td>", "<h1>a</h1>", "<meta property='article:tag' content='a'>"})
    void a_page_of_tags_without_end_is_done_in_no_time(String piece) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.html"), "<html><body><article>" + piece.repeat(2_000_000 / piece.length()));

        assertTimeoutPreemptively(Duration.ofSeconds(15), () -> inspect.inspect(page.toString(), null));
    }

    @Test
    void what_cannot_be_read_is_told_with_the_mend() throws IOException {
        Files.write(folder.resolve("picture"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 0, 13});
        Files.write(folder.resolve("nothing"), new byte[0]);

        assertThatThrownBy(() -> inspect.inspect(folder.resolve("missing").toString(), null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> inspect.inspect(folder.resolve("picture").toString(), null))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("is not text");
        assertThatThrownBy(() -> inspect.inspect(folder.resolve("nothing").toString(), null))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("is empty");
    }

    private String kind(String name, String text) throws IOException {
        return inspect(name, text).kind();
    }

    private Inspected inspect(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return inspect.inspect(file.toString(), "https://news.example.org/");
    }
}
