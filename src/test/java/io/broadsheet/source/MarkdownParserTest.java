package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MarkdownParserTest {
    @Test
    void paragraphs_below_the_headline_that_only_tell_who_and_when_are_read_as_in_a_release() {
        Entry entry = only("""
                # Bridge reopens

                **Published Nov. 24, 2026**

                *By Ada Example*\\
                Port Office Public Affairs

                By Friday all lanes will be open.
                """);

        assertThat(entry.published()).isEqualTo(Instant.parse("2026-11-23T23:00:00Z"));
        assertThat(entry.dateFrom()).isEqualTo("'Published' line");
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.unit()).isEqualTo("Port Office Public Affairs");
        assertThat(entry.content()).isEqualTo("<p>By Friday all lanes will be open.</p>");
    }

    @Test
    void a_paragraph_that_tells_more_than_who_and_when_is_text() {
        Entry entry = only("""
                # Bridge reopens

                By Ben Example

                By Monday
                the bridge is open, says the works unit, and the ferry stops.
                """);

        assertThat(entry.author()).isEqualTo("Ben Example");
        assertThat(entry.content())
                .isEqualTo("<p>By Monday\nthe bridge is open, says the works unit, and the ferry stops.</p>");
    }

    @Test
    void where_front_matter_tells_the_text_is_left_as_it_is() {
        Entry entry = only("""
                ---
                by: Ada Example
                ---
                # Bridge reopens

                By Ben Example

                It is open.
                """);

        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.content()).isEqualTo("<p>By Ben Example</p>\n<p>It is open.</p>");
    }

    @Test
    void front_matter_fills_the_fields() {
        Entry entry = only("""
                ---
                title: "Bridge: open"
                by: Ada Example
                unit: Port Office
                date: 2025-03-04 10:00
                updated: 2025-03-05T10:00:00Z
                link: https://news.example.org/bridge
                language: en_gb
                tags: [bridge, port]
                summary: In short <b>
                id: bridge-1
                ---
                # Bridge: open

                It is **open**. <script>x</script>

                - [more](more)
                """);

        assertThat(entry.id()).isEqualTo("bridge-1");
        assertThat(entry.title()).isEqualTo("Bridge: open");
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.unit()).isEqualTo("Port Office");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-03-04T09:00:00Z"));
        assertThat(entry.dateFrom()).isEqualTo("front matter");
        assertThat(entry.updated()).isEqualTo(Instant.parse("2025-03-05T10:00:00Z"));
        assertThat(entry.url()).isEqualTo("https://news.example.org/bridge");
        assertThat(entry.language()).isEqualTo("en-GB");
        assertThat(entry.categories()).containsExactly("bridge", "port");
        assertThat(entry.summary()).isEqualTo("In short &lt;b&gt;");
        assertThat(entry.content())
                .isEqualTo(
                        "<p>It is <strong>open</strong>. </p>\n<ul>\n<li><a href=\"https://news.example.org/more\">more</a></li>\n</ul>");
    }

    @Test
    void without_front_matter_the_first_heading_is_the_title() {
        Entry entry = only("# Bridge reopens\n\nIt is open.\n");

        assertThat(entry.title()).isEqualTo("Bridge reopens");
        assertThat(entry.content()).isEqualTo("<p>It is open.</p>");
        assertThat(entry.published()).isNull();
    }

    @Test
    void nesting_without_end_overflows_no_stack() {
        assertThat(new MarkdownParser()
                        .parse(raw(">".repeat(100_000) + " deep"))
                        .entries())
                .hasSize(1);
        assertThatThrownBy(() -> new MarkdownParser().parse(raw("---\ntitle: " + "[".repeat(9_000) + "\n---\ntext")))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("front matter");
    }

    private static Raw raw(String text) {
        return new Raw("a.md", text.getBytes(StandardCharsets.UTF_8), null, null, false, ZoneOffset.UTC);
    }

    @Test
    void front_matter_that_is_no_yaml_is_an_error_with_its_line() {
        assertThatThrownBy(() -> only("---\ntitle: a\nby: b: c\n---\nText\n"))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("bridge.md:3: the front matter is not YAML");
    }

    private static Entry only(String text) {
        Raw raw = new Raw(
                "bridge.md", text.getBytes(StandardCharsets.UTF_8), null, null, false, ZoneId.of("Europe/Berlin"));
        return new MarkdownParser().parse(raw).entries().get(0);
    }
}
