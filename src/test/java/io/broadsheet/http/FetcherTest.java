package io.broadsheet.http;

import static io.broadsheet.http.AwkwardServer.answer;
import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.Fetched.Cut;
import io.broadsheet.time.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-03-04T10:00:00Z"), ZoneOffset.UTC);
    private static final FetchSettings STRICT = FetchSettings.of("Broadsheet test");
    private static final FetchSettings LOCAL = new FetchSettings(
            "Broadsheet test",
            List.of("127.0.0.1"),
            Set.of(80, 443),
            100_000,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(1));

    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher = new Fetcher(LOCAL, CLOCK);

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void an_answer_comes_with_all_that_is_remembered_of_it() {
        server.on(
                "/feed",
                exchange -> answer(
                        exchange,
                        200,
                        bytes("hello"),
                        Map.of(
                                "ETag", "\"a\"",
                                "Last-Modified", "Tue, 04 Mar 2025 09:00:00 GMT",
                                "Content-Type", "text/xml; charset=utf-8",
                                "Cache-Control", "public, max-age=600")));

        Fetched fetched = fetcher.fetch(FetchRequest.of(server.url("/feed")));

        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(bytes("hello"));
        assertThat(fetched.etag()).isEqualTo("\"a\"");
        assertThat(fetched.lastModified()).isEqualTo("Tue, 04 Mar 2025 09:00:00 GMT");
        assertThat(fetched.contentType()).isEqualTo("text/xml; charset=utf-8");
        assertThat(fetched.maxAge()).isEqualTo(Duration.ofMinutes(10));
        assertThat(fetched.permanentUrl()).isNull();
        assertThat(fetched.truncated()).isFalse();
        assertThat(server.requests().get(0).get("User-agent")).containsExactly("Broadsheet test");
    }

    @Test
    void what_we_remember_is_sent_and_a_304_is_an_answer() {
        server.on("/feed", exchange -> answer(exchange, 304, new byte[0], Map.of()));

        Fetched fetched = fetcher.fetch(
                new FetchRequest(server.url("/feed"), "\"a\"", "Tue, 04 Mar 2025 09:00:00 GMT", null, "*/*"));

        assertThat(fetched.status()).isEqualTo(304);
        assertThat(server.requests().get(0).get("If-none-match")).containsExactly("\"a\"");
        assertThat(server.requests().get(0).get("If-modified-since")).containsExactly("Tue, 04 Mar 2025 09:00:00 GMT");
    }

    @Test
    void a_wait_is_told_in_seconds_or_as_a_date() {
        server.on("/seconds", exchange -> answer(exchange, 404, new byte[0], Map.of("Retry-After", "120")));
        server.on(
                "/date",
                exchange -> answer(exchange, 404, new byte[0], Map.of("Retry-After", "Tue, 04 Mar 2025 10:05:00 GMT")));

        assertThat(fetcher.fetch(FetchRequest.of(server.url("/seconds"))).retryAfter())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(fetcher.fetch(FetchRequest.of(server.url("/date"))).retryAfter())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void only_a_chain_of_permanent_redirects_gives_a_permanent_url() {
        server.redirect("/moved", 301, "/also");
        server.redirect("/also", 308, "/new");
        server.redirect("/today", 302, "/moved");
        server.on("/new", "text/xml", bytes("x"));

        Fetched moved = fetcher.fetch(FetchRequest.of(server.url("/moved")));
        Fetched today = fetcher.fetch(FetchRequest.of(server.url("/today")));

        assertThat(moved.permanentUrl()).isEqualTo(server.url("/new"));
        assertThat(today.permanentUrl()).isNull();
        assertThat(today.finalUrl()).isEqualTo(server.url("/new"));
    }

    @Test
    void redirects_without_end_are_an_error() {
        server.redirect("/loop", 302, "/loop");

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(server.url("/loop"))))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("redirects more than 5 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:10.0.0.1]/",
                "http://2130706434/",
                "http://0x7f.0.0.2/",
                "http://[64:ff9b::7f00:1]/",
                "http://[::1]/",
                "http://0.0.0.0/",
                "http://127.0.0.2/",
                "http://localhost.localdomain./"
            })
    void a_redirect_to_a_private_address_is_refused(String target) {
        server.redirect("/out", 302, target);

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(server.url("/out"))))
                .isInstanceOf(OutsideError.class)
                .hasMessageMatching("(?s).*(fetch.allow-private|host was not found).*");
    }

    @Test
    void a_private_literal_is_refused_with_the_mend() {
        try (Fetcher strict = new Fetcher(STRICT, CLOCK)) {
            assertThatThrownBy(() -> strict.fetch(FetchRequest.of("http://169.254.169.254/")))
                    .isInstanceOf(OutsideError.class)
                    .hasMessage(
                            "http://169.254.169.254/: not fetched; its address 169.254.169.254 is private or reserved, which is not"
                                    + " fetched; name it in 'fetch.allow-private' if it is meant");
            assertThatThrownBy(() -> strict.fetch(FetchRequest.of(server.url("/"))))
                    .hasMessageContaining("fetch.allow-private");
            assertThatThrownBy(() -> strict.fetch(FetchRequest.of("http://localhost/")))
                    .hasMessageContaining("fetch.allow-private");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void the_proxies_of_the_system_are_not_used() {
        server.on("/feed", "text/xml", bytes("x"));
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try (Fetcher fresh = new Fetcher(LOCAL, CLOCK)) {
            assertThat(fresh.fetch(FetchRequest.of(server.url("/feed"))).status())
                    .isEqualTo(200);
        } finally {
            for (String name : List.of(
                    "http.proxyHost", "http.proxyPort", "socksProxyHost", "socksProxyPort", "http.nonProxyHosts")) {
                System.clearProperty(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/", "feed.xml", "javascript:x", ""})
    void only_http_urls_are_fetched(String url) {
        server.redirect(
                "/out", 302, url.isEmpty() ? "gopher://x" : url.equals("feed.xml") ? "mailto:a@example.org" : url);

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(url)))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("not an http or https URL");
        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(server.url("/out"))))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("no http or https URL");
    }

    @Test
    void a_password_in_a_url_is_not_shown() {
        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of("http://ada:hush@127.0.0.1:1/")))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("refused")
                .hasMessageNotContaining("hush");
    }

    @Test
    void a_body_over_the_limit_keeps_its_beginning() {
        server.on("/exact", "text/plain", new byte[100_000]);
        server.on("/over", "text/plain", new byte[100_001]);

        assertThat(fetcher.fetch(FetchRequest.of(server.url("/exact"))).cut()).isNull();
        Fetched over = fetcher.fetch(FetchRequest.of(server.url("/over")));
        assertThat(over.cut()).isEqualTo(Cut.OVER_LIMIT);
        assertThat(over.body()).hasSize(100_000);
    }

    @Test
    void a_gzip_bomb_stops_at_the_limit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            for (int megabyte = 0; megabyte < 60; megabyte++) {
                packed.write(new byte[1024 * 1024]);
            }
        }
        assertThat(bomb.size()).isLessThan(100_000);
        server.on("/bomb", exchange -> answer(exchange, 200, bomb.toByteArray(), Map.of("Content-Encoding", "gzip")));

        Fetched fetched = fetcher.fetch(FetchRequest.of(server.url("/bomb")));

        assertThat(fetched.cut()).isEqualTo(Cut.OVER_LIMIT);
        assertThat(fetched.body()).hasSize(100_000);
    }

    @Test
    void a_brotli_body_is_unpacked() {
        byte[] packed = Base64.getDecoder().decode("iwWAaGVsbG8sIHByZXNzAw==");
        server.on("/br", exchange -> answer(exchange, 200, packed, Map.of("Content-Encoding", "br")));

        assertThat(fetcher.fetch(FetchRequest.of(server.url("/br"))).body()).isEqualTo(bytes("hello, press"));
        assertThat(server.requests().get(0).get("Accept-encoding")).containsExactly("gzip, br");
    }

    @Test
    void a_brotli_bomb_of_50_megabytes_stops_at_the_limit() {
        byte[] bomb = Base64.getDecoder()
                .decode(
                        "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//8g9eD/8EQBwWAOig6wE=");
        server.on("/bomb", exchange -> answer(exchange, 200, bomb, Map.of("Content-Encoding", "br")));

        Fetched fetched = fetcher.fetch(FetchRequest.of(server.url("/bomb")));

        assertThat(fetched.cut()).isEqualTo(Cut.OVER_LIMIT);
        assertThat(fetched.body()).hasSize(100_000);
    }

    @Test
    void what_is_no_brotli_though_it_says_so_is_an_error_with_the_mend() {
        server.on("/br", exchange -> answer(exchange, 200, bytes("<rss/>"), Map.of("Content-Encoding", "br")));

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(server.url("/br"))))
                .isInstanceOf(OutsideError.class);
    }

    @Test
    void a_host_that_asked_for_rest_is_not_asked_for_another_of_its_documents() {
        server.on("/busy", exchange -> answer(exchange, 503, bytes(""), Map.of("Retry-After", "120")));
        server.on("/other", exchange -> answer(exchange, 200, bytes("x"), Map.of()));

        fetcher.fetch(FetchRequest.of(server.url("/busy")));
        Fetched other = fetcher.fetch(FetchRequest.of(server.url("/other")));

        assertThat(other.status()).isEqualTo(429);
        assertThat(other.retryAfter()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(120));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_gzip_body_is_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes("hello"));
        }
        server.on("/gzip", exchange -> answer(exchange, 200, packed.toByteArray(), Map.of("Content-Encoding", "gzip")));

        assertThat(fetcher.fetch(FetchRequest.of(server.url("/gzip"))).body()).isEqualTo(bytes("hello"));
    }

    @Test
    void an_endless_stream_stops_at_the_limit() {
        server.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        });

        assertThat(fetcher.fetch(FetchRequest.of(server.url("/endless"))).cut()).isEqualTo(Cut.OVER_LIMIT);
    }

    @Test
    void a_slow_drip_stops_at_the_time_limit() {
        CountDownLatch never = new CountDownLatch(1);
        String url = server.raw(out -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
            while (!never.await(100, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        });
        Stopwatch watch = Stopwatch.start();

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(url)))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("no whole answer within 2 s");
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void a_body_that_breaks_off_keeps_its_beginning_and_says_so() {
        String url = server.raw(out -> out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")));

        Fetched fetched = fetcher.fetch(FetchRequest.of(url));

        assertThat(fetched.cut()).isEqualTo(Cut.BROKEN_OFF);
        assertThat(fetched.body()).isEqualTo(bytes("<rss>"));
    }

    @Test
    void a_server_without_tls_behind_https_is_told_in_words() {
        String url = server.raw(out -> out.write(bytes("HTTP/1.1 400 Bad Request\r\n\r\n")));

        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of(url.replace("http:", "https:"))))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("try http://");
    }

    @Test
    void a_host_that_is_not_there_is_told_in_words() {
        assertThatThrownBy(() -> fetcher.fetch(FetchRequest.of("http://nowhere.invalid/feed")))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("http://nowhere.invalid/feed: the host was not found");
    }
}
