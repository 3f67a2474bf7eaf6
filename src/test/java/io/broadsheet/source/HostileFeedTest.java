package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source may do to us, over real HTTP, and what we make of it. */
class HostileFeedTest {
    private static final String ITEM =
            "<item><title>Harbour bridge reopens</title><link>https://news.example.org/%d</link><description>Traffic rolls.</description></item>\n";

    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), Clock.systemUTC());
    private final Inspect inspect = new Inspect(fetcher, ZoneOffset.UTC);

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void an_xml_bomb_is_never_expanded() {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">");
        for (char name = 'b'; name < 'z'; name++) {
            bomb.append("<!ENTITY ")
                    .append(name)
                    .append(" \"")
                    .append(("&" + (char) (name - 1) + ";").repeat(10))
                    .append("\">");
        }
        bomb.append(
                "]><rss version=\"2.0\"><channel><title>x</title><item><title>&y;</title><link>https://news.example.org/1</link></item></channel></rss>");

        Inspected inspected = within2Seconds(bomb.toString());

        assertThat(inspected.entries().get(0).title()).isEqualTo("&y;");
        assertThat(inspected.notes()).anyMatch(note -> note.contains("DOCTYPE"));
    }

    @Test
    void an_outside_entity_is_never_read() {
        Inspected inspected = within2Seconds(
                "<!DOCTYPE rss [<!ENTITY x SYSTEM \"" + server.url("/secret")
                        + "\">]><rss version=\"2.0\"><channel><title>&x;</title><item><title>A &x;</title></item></channel></rss>");

        assertThat(inspected.entries().get(0).title()).isEqualTo("A &x;");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void deep_nesting_overflows_no_stack() {
        Inspected inspected =
                within2Seconds("<rss version=\"2.0\"><channel><title>x</title><item><title>A</title><description>"
                        + "<div>".repeat(100_000) + "deep" + "</div>".repeat(100_000)
                        + "</description></item></channel></rss>");

        assertThat(inspected.entries().get(0).title()).isEqualTo("A");
        assertThat(inspected.entries().get(0).summary()).contains("deep");
    }

    @Test
    void deep_nesting_in_json_is_no_feed_of_ours() {
        Inspected inspected = within2Seconds(
                "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"title\":\"A\"},"
                        + "[".repeat(100_000));

        assertThat(inspected.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<a",
                "<a b='",
                "&",
                "<!--",
                "<![CDATA[",
                "</a>",
                "<?x",
                "<item>",
                "<a b=c ",
                "]]>",
                "<!DOCTYPE [",
                "<p><b>",
                "<!-- -->"
            })
    void the_same_thing_a_hundred_thousand_times_is_done_in_no_time(String piece) {
        Inspected inspected = within2Seconds("<rss version=\"2.0\"><channel><title>x</title>" + ITEM.formatted(1)
                + "<item><title>B</title><description>" + piece.repeat(100_000 / piece.length())
                + "</description></item></channel></rss>");

        assertThat(inspected.entries().get(0).title()).isEqualTo("Harbour bridge reopens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<item/>",
                "<pubDate>x</pubDate>",
                "<category>a</category>",
                "<enclosure url='https://e.example/'/>",
                "<link>x</link>"
            })
    void elements_side_by_side_without_end_are_done_in_no_time(String piece) {
        String many = piece.repeat(400_000 / piece.length());

        Inspected inspected = within2Seconds("<rss version=\"2.0\"><channel><title>x</title>" + ITEM.formatted(1)
                + "<item>" + many + "<title>B</title></item>" + many + "</channel></rss>");

        assertThat(inspected.entries().get(0).title()).isEqualTo("Harbour bridge reopens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "author", "category", "pubDate", "guid", "link"})
    void one_field_without_end_is_done_in_no_time(String field) {
        for (String piece : List.of("&lt;b&gt;", "@", "a (", "/amp", " ", "&amp;amp;")) {
            Inspected inspected = within2Seconds("<rss version=\"2.0\"><channel><title>x</title>" + ITEM.formatted(1)
                    + "<item><title>B</title><" + field + ">https://e.example/" + piece.repeat(100_000 / piece.length())
                    + "x</" + field + "></item></channel></rss>");

            assertThat(inspected.entries().get(0).title()).isEqualTo("Harbour bridge reopens");
        }
    }

    @Test
    void one_entry_with_damaged_base64_leaves_the_others_be() {
        Inspected inspected = within2Seconds(
                "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>A</title><id>1</id><content mode='base64'>A</content></entry>"
                        + "<entry><title>B</title><id>2</id></entry></feed>");

        assertThat(inspected.entries()).extracting(Entry::title).containsExactly("A", "B");
    }

    @Test
    void what_json_can_write_and_xml_can_not_is_left_out() {
        Inspected inspected =
                within2Seconds("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"\\u0000 1\","
                        + "\"title\":\"A\",\"url\":\"https://news.example.org/\\u0001a\\ud800\",\"attachments\":[{\"url\":\"https://news.example.org/\\u0002b\","
                        + "\"mime_type\":\"audio/\\u0003\\\"mpeg\"}]}]}");

        Entry entry = inspected.entries().get(0);
        assertThat(entry.id()).isEqualTo("1");
        assertThat(entry.url()).isEqualTo("https://news.example.org/a");
        assertThat(entry.enclosures()).containsExactly(new Enclosure("https://news.example.org/b", null, null));
    }

    @Test
    void a_gzip_bomb_gives_the_whole_entries_in_its_beginning() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            packed.write(("<rss version=\"2.0\"><channel><title>x</title>" + ITEM.formatted(1) + "<item><title>")
                    .getBytes(StandardCharsets.UTF_8));
            for (int megabyte = 0; megabyte < 100; megabyte++) {
                packed.write(" ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8));
            }
        }
        server.on(
                "/bomb",
                exchange ->
                        AwkwardServer.answer(exchange, 200, bomb.toByteArray(), Map.of("Content-Encoding", "gzip")));

        Inspected inspected = inspect.inspect(server.url("/bomb"), null);

        assertThat(inspected.entries()).hasSize(1);
        assertThat(inspected.notes()).anyMatch(note -> note.contains("only the beginning"));
    }

    @Test
    void an_endless_stream_gives_its_first_whole_entries() {
        byte[] item = ITEM.formatted(1)
                .replace("Traffic rolls.", "Traffic rolls. ".repeat(700))
                .getBytes(StandardCharsets.UTF_8);
        server.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write("<rss version=\"2.0\"><channel><title>x</title>".getBytes(StandardCharsets.UTF_8));
            while (true) {
                exchange.getResponseBody().write(item);
            }
        });

        Inspected inspected = inspect.inspect(server.url("/endless"), null);

        assertThat(inspected.entries()).hasSizeBetween(400, 500);
        assertThat(inspected.notes()).anyMatch(note -> note.contains("only the beginning"));
    }

    @Test
    void more_entries_than_anybody_shows_are_cut_at_the_cap() {
        Notes notes = new Notes();

        String xml = XmlMender.mend(
                "<rss><channel>" + "<item><title>A</title></item>".repeat(XmlMender.ENTRIES_MAX + 7)
                        + "</channel></rss>",
                notes);

        assertThat(xml.split("<item>", -1)).hasSize(XmlMender.ENTRIES_MAX + 1);
        assertThat(notes.sentences()).anyMatch(note -> note.contains("only the first 10000 entries"));
    }

    @Test
    void an_atom_text_of_tags_without_end_is_done_in_no_time() {
        Inspected inspected = within2Seconds(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry><title>A</title><content type=\"text\">"
                        + "&lt;p ".repeat(50_000) + "</content></entry></feed>");

        assertThat(inspected.entries()).hasSize(1);
    }

    @Test
    void a_feed_of_50_mb_gives_its_first_whole_entries() {
        String text = "Traffic rolls. ".repeat(700);
        server.on("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write("<rss version=\"2.0\"><channel><title>x</title>".getBytes(StandardCharsets.UTF_8));
            for (int number = 0; number < 5_000; number++) {
                exchange.getResponseBody()
                        .write(ITEM.formatted(number)
                                .replace("Traffic rolls.", text)
                                .getBytes(StandardCharsets.UTF_8));
            }
        });

        Inspected inspected = inspect.inspect(server.url("/large"), null);

        assertThat(inspected.entries()).hasSizeBetween(400, 500);
        assertThat(inspected.entries())
                .allMatch(entry -> String.valueOf(entry.summary()).length() > 10_000);
        assertThat(inspected.notes()).anyMatch(note -> note.contains("only the beginning"));
    }

    @Test
    void one_entry_that_is_larger_than_the_limit_is_an_error_with_the_mend() {
        server.on(
                "/large",
                "text/xml",
                ("<rss version=\"2.0\"><channel><title>x</title><item><title>" + "x".repeat(6_000_000))
                        .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> inspect.inspect(server.url("/large"), null))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("no whole entry")
                .hasMessageContaining("fetch.max-bytes");
    }

    private Inspected within2Seconds(String feed) {
        server.on("/feed", "application/rss+xml", feed.getBytes(StandardCharsets.UTF_8));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        Inspected inspected = inspect.inspect(server.url("/feed"), null);
        // Processor time, since other tests share these processors.
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(2));
        return inspected;
    }
}
