package io.broadsheet.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.web.site.RunningSite.Reply;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only reads shares one server. */
class ReadingSiteTest {
    private static RunningSite site;

    @BeforeAll
    static void start() {
        site = new RunningSite();
    }

    @AfterAll
    static void close() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"rss, application/rss+xml", "atom, application/atom+xml", "json, application/feed+json"})
    void a_feed_is_served_with_all_that_caches_need(String format, String mediaType) throws Exception {
        Reply full = site.get("/feeds/news." + format);
        Reply head = site.ask("HEAD", "/feeds/news." + format, "");
        Reply known = site.get(
                "/feeds/news." + format, "If-None-Match: " + full.headers().get("etag"));
        Reply packed = site.get("/feeds/news." + format, "Accept-Encoding: gzip");

        assertThat(full.status()).isEqualTo(200);
        assertThat(full.headers())
                .containsEntry("content-type", mediaType + "; charset=utf-8")
                .containsEntry("vary", "Accept-Encoding")
                .containsEntry("content-length", Integer.toString(full.body().length))
                .containsEntry("x-content-type-options", "nosniff")
                .containsKeys("etag", "last-modified", "cache-control");
        assertThat(full.text()).contains("Harbour bridge");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers()).containsAllEntriesOf(without(full.headers(), "date"));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.headers())
                .containsKeys("etag", "cache-control", "vary")
                .doesNotContainKey("content-type");
        assertThat(packed.headers()).containsEntry("content-encoding", "gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(full.body());
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> rest = new TreeMap<>(headers);
        rest.remove(name);
        return rest;
    }

    @Test
    void other_methods_are_told_what_is_allowed() throws Exception {
        assertThat(site.ask("DELETE", "/feeds/news.rss", "").status()).isEqualTo(405);
        assertThat(site.ask("DELETE", "/feeds/news.rss", "").headers().get("allow"))
                .contains("GET", "HEAD");
        assertThat(site.ask("PUT", "/subscribe/news", "x=1").headers().get("allow"))
                .contains("GET", "HEAD", "POST");
    }

    @Test
    void the_home_page_names_every_feed_in_every_form() throws Exception {
        Reply home = site.get("/");

        assertThat(home.status()).isEqualTo(200);
        assertThat(home.text())
                .contains("<link rel=\"alternate\" type=\"application/rss+xml\"")
                .contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
                .contains("<link rel=\"alternate\" type=\"application/feed+json\"")
                .contains("/feeds/news.json", "Harbour bridge &lt;b&gt;reopens&lt;/b&gt; &amp; more")
                .contains("action=\"/subscribe/news\"", "<main", "<h1");
        assertThat(home.headers().get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(home.headers())
                .containsEntry("referrer-policy", "no-referrer")
                .doesNotContainKey("set-cookie");
    }

    @Test
    void the_style_that_a_page_names_is_there() throws Exception {
        String page = site.get("/").text();
        String style = page.replaceAll("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");

        Reply css = site.get(style);

        assertThat(css.status()).isEqualTo(200);
        assertThat(css.headers()).containsEntry("content-type", "text/css; charset=utf-8");
    }

    @Test
    void an_article_has_a_page() throws Exception {
        assertThat(site.get("/a/1").text()).contains("<p>Text of 1</p>", "https://press.example.org/1");
        assertThat(site.get("/a/2").status()).isEqualTo(404);
        assertThat(site.get("/a/x").status()).isEqualTo(404);
        assertThat(site.get("/a/9999999999999999999").status()).isEqualTo(404);
    }

    @Test
    void opml_lists_the_feeds() throws Exception {
        Reply opml = site.get("/feeds.opml");

        assertThat(opml.status()).isEqualTo(200);
        assertThat(opml.text()).contains("/feeds/news.rss\"");
    }

    @Test
    void what_is_too_large_is_refused() throws Exception {
        assertThat(site.post("/subscribe/news", "email=" + "a".repeat(70_000)).status())
                .isEqualTo(413);
        assertThat(site.get("/" + "a".repeat(20_000)).status()).isIn(414, 431);
    }

    @Test
    void a_bug_tells_a_number_and_nothing_of_our_insides() throws Exception {
        Reply reply = site.get("/broken");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).contains("under the number").doesNotContain("secret", "Exception");
    }

    @Test
    void health_and_figures_are_told() throws Exception {
        site.get("/feeds/news.rss");

        assertThat(site.get("/health").text()).isEqualTo("{\"status\":\"up\"}");
        assertThat(site.get("/metrics").text())
                .contains("broadsheet_feed_requests_total{format=\"rss\",status=\"200\"}", "jvm_memory_used_bytes");
    }
}
