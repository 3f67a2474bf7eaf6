package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextReleaseParserTest {
    private static final Path RELEASE = Path.of("src/test/resources/io/broadsheet/source/texts/press-release.txt");

    @Test
    void a_press_release_copied_off_a_page_comes_out_exact() throws IOException {
        String text = Files.readString(RELEASE);

        Inspected inspected = parse(text);

        Entry entry = inspected.entries().get(0);
        assertThat(inspected.entries()).hasSize(1);
        assertThat(entry.title()).isEqualTo("Space Force leaders visit Japan to strengthen partnership");
        assertThat(entry.author()).isEqualTo("Sean Castellano");
        assertThat(entry.unit()).isEqualTo("Space Operations Command Public Affairs");
        assertThat(entry.published()).isNull();
        assertThat(entry.dateFrom()).isNull();
        assertThat(entry.dateline()).isNull();
        String body = text.substring(text.indexOf("Senior leaders"), text.indexOf("\u00A0"));
        String expected = Arrays.stream(body.strip().split("\n\n"))
                .map(paragraph -> "<p>" + paragraph.strip() + "</p>")
                .collect(Collectors.joining());
        assertThat(entry.content()).isEqualTo(expected);
        assertThat(entry.content().split("<p>")).hasSize(11);
        assertThat(inspected.notes()).anyMatch(note -> note.contains("carries no date"));
    }

    @Test
    void a_published_line_with_a_date_gives_it() {
        Entry entry = only(
                "Harbour bridge reopens\n\n  • Published Nov. 21, 2025\n  • By Ada Example\n\nTraffic rolls again.\n");

        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T00:00:00Z"));
        assertThat(entry.dateFrom()).isEqualTo("'Published' line");
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.unit()).isNull();
        assertThat(entry.content()).isEqualTo("<p>Traffic rolls again.</p>");
    }

    @Test
    void a_dateline_is_a_field_and_stays_in_the_content() {
        Entry entry =
                only("Bridge reopens\n\nPETERSON SPACE FORCE BASE, Colo. (AFNS) -- The bridge is open.\n\nMore.\n");

        assertThat(entry.dateline()).isEqualTo("PETERSON SPACE FORCE BASE, Colo.");
        assertThat(entry.content())
                .isEqualTo("<p>PETERSON SPACE FORCE BASE, Colo. (AFNS) -- The bridge is open.</p><p>More.</p>");
    }

    @Test
    void a_wire_dateline_gives_the_date_too() {
        Entry entry = only("Example opens office\n\nSAN FRANCISCO, Sept. 7, 2017 /PRNewswire/ -- Example opens.\n");

        assertThat(entry.dateline()).isEqualTo("SAN FRANCISCO");
        assertThat(entry.published()).isEqualTo(Instant.parse("2017-09-07T00:00:00Z"));
        assertThat(entry.dateFrom()).isEqualTo("dateline");
    }

    @Test
    void what_stands_around_a_release_is_left_out() {
        Entry entry = only("""
                FOR IMMEDIATE RELEASE
                Media Contact: press office, press@example.org
                November 21, 2025

                Example Port opens its third quay
                By Ada Example, Example Port Public Affairs

                The quay opened on Friday.

                - It is long.
                - It is wide.

                ###
                About Example Port: it is a port.
                """);

        assertThat(entry.title()).isEqualTo("Example Port opens its third quay");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T00:00:00Z"));
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.unit()).isEqualTo("Example Port Public Affairs");
        assertThat(entry.content())
                .isEqualTo("<p>The quay opened on Friday.</p><ul><li>It is long.</li><li>It is wide.</li></ul>");
    }

    @Test
    void lines_that_were_wrapped_for_mail_are_one_paragraph() {
        Entry entry =
                only("Bridge reopens\n\nThe bridge over the harbour is open again for cars and for\npeople on foot.\n");

        assertThat(entry.content())
                .isEqualTo("<p>The bridge over the harbour is open again for cars and for people on foot.</p>");
    }

    @Test
    void a_body_that_begins_like_a_byline_or_a_brand_is_kept() {
        Entry entry = only(
                "Bridge reopens\n\nBy Monday all lanes of the bridge will be open, the port said, if the weather holds, and"
                        + " with them the walkway that was closed since spring.\n\nNATO welcomed it.\n");

        assertThat(entry.author()).isNull();
        assertThat(entry.content()).startsWith("<p>By Monday").endsWith("<p>NATO welcomed it.</p>");
    }

    @Test
    void markup_in_plain_text_is_text() {
        Entry entry = only("Ports < bridges\n\nUse <script> & see.\n");

        assertThat(entry.title()).isEqualTo("Ports < bridges");
        assertThat(entry.content()).isEqualTo("<p>Use &lt;script&gt; &amp; see.</p>");
    }

    @Test
    void an_empty_text_gives_no_entry() {
        assertThat(parse(" \n\n").entries()).isEmpty();
    }

    private static Entry only(String text) {
        Inspected inspected = parse(text);
        assertThat(inspected.entries()).hasSize(1);
        return inspected.entries().get(0);
    }

    private static Inspected parse(String text) {
        return new TextReleaseParser()
                .parse(new Raw(
                        "release.txt", text.getBytes(StandardCharsets.UTF_8), null, null, false, ZoneOffset.UTC));
    }
}
