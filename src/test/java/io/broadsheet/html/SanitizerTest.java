package io.broadsheet.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {
    private final Sanitizer sanitizer = new Sanitizer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<a href=\"javascript:alert(1)\">a</a>",
                "<a href=\" java\nscript:alert(1)\">a</a>",
                "<a href=\"&#106;avascript:alert(1)\">a</a>",
                "<a href=\"data:text/html,x\">a</a>",
                "<img src=\"data:image/png;base64,AA\">",
                "<svg onload=alert(1)><a xlink:href=\"javascript:1\">x</a></svg>",
                "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
                "<iframe src=\"https://example.org\"></iframe>",
                "<object data=x></object><embed src=x>",
                "<form action=x><input name=a><button>b</button></form>",
                "<style>*{color:red}</style><p style=\"color:red\" class=\"a\" id=\"b\">x</p>",
                "<meta http-equiv=refresh content=\"0;url=x\">",
                "<base href=\"https://evil.example\"><a href=\"x\">a</a>",
                "<p onclick=\"alert(1)\">x</p>",
                "<img src=\"https://example.org/a.png\" srcset=\"https://example.org/b.png 2x\" sizes=x>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<!--><script>alert(1)</script>-->",
                "<textarea></textarea><script>x</script>",
                "<template><script>x</script></template>",
                "<plaintext><script>x</script>",
                "<table background=\"javascript:1\"><td background=x>a</table>",
                "<a href=\"vbscript:x\">a</a>",
                "<a href=\"file:///etc/passwd\">a</a>"
            })
    void nothing_that_runs_or_loads_gets_through(String html) {
        String clean = sanitizer.sanitise(html, "https://news.example.org/");

        assertThat(clean)
                .doesNotContainIgnoringCase("script")
                .doesNotContainIgnoringCase("alert")
                .doesNotContain("evil.example")
                .doesNotContainPattern("(?i)<[^>]*\\s(on\\w+|style|class|id|srcset|background|action)\\s*=")
                .doesNotContainPattern(
                        "(?i)<(script|svg|math|iframe|object|embed|form|input|button|style|meta|base|template)")
                .doesNotContain("data:")
                .doesNotContain("file:");
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of("<h2>A</h2><p>b <em>c</em></p>", "<h2>A</h2><p>b <em>c</em></p>"),
                Arguments.of("<p>one<p>two", "<p>one</p><p>two</p>"),
                Arguments.of("a < b & c", "a &lt; b &amp; c"),
                Arguments.of(
                        "<a href=\"/x?a=1&b=2\">x</a>", "<a href=\"https://news.example.org/x?a=1&amp;b=2\">x</a>"),
                Arguments.of(
                        "<a href=\"mailto:press@example.org\">x</a>", "<a href=\"mailto:press@example.org\">x</a>"),
                Arguments.of(
                        "<img src=\"i.png\" alt=\"An &quot;i&quot;\" width=1>",
                        "<img src=\"https://news.example.org/i.png\" alt=\"An &quot;i&quot;\">"),
                Arguments.of(
                        "<article><section>a</section><section>b</section></article>",
                        "<div><div>a</div><div>b</div></div>"),
                Arguments.of(
                        "<table><tr><td colspan=2 rowspan=99999>a</table>",
                        "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>"),
                Arguments.of("<p></p><div><p>&nbsp;</p></div><p>x</p>", "<p>x</p>"),
                Arguments.of("x&#1;y&#xFFFE;z", "xyz"),
                Arguments.of("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
                Arguments.of("caf&eacute; &mdash; \u201cq\u201d", "café — “q”"));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_people_write_stays(String html, String expected) {
        String clean = sanitizer.sanitise(html, "https://news.example.org/");

        assertThat(clean).isEqualTo(expected);
        assertThat(sanitizer.sanitise(clean, null)).isEqualTo(expected);
    }

    @Test
    void without_a_base_a_relative_link_loses_its_target() {
        assertThat(sanitizer.sanitise("<a href=\"x\">a</a><img src=\"y\">", null))
                .isEqualTo("a");
    }

    @Test
    void hostile_markup_is_done_within_two_seconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String formatting = Stream.iterate(1, i -> i + 1)
                .limit(300)
                .map(i -> "<b a=" + i + ">")
                .reduce("", String::concat);
        for (String html : new String[] {
            "<div>".repeat(100_000),
            "<b><i><a>".repeat(50_000),
            formatting + "<p>x".repeat(100_000),
            "<table>".repeat(50_000) + "x",
            "<table><tr><td>".repeat(30_000),
            "&".repeat(300_000),
            "<".repeat(300_000),
            "<a ".repeat(100_000),
            "<!--".repeat(200_000),
            "<p a='".repeat(100_000),
            "<blockquote><ul><li>".repeat(50_000)
        }) {
            long before = threads.getCurrentThreadCpuTime();
            sanitizer.sanitise(html, "https://example.org/");
            // Processor time, since other tests share these processors.
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                    .as(html.substring(0, 12))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }
}
