package io.broadsheet.http;

import static io.broadsheet.http.AwkwardServer.answer;
import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.Robots.Answer;
import io.broadsheet.test.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RobotsTest {
    private final AwkwardServer server = new AwkwardServer();
    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), clock);
    private final Robots robots = new Robots(fetcher, clock);

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void our_own_group_wins_over_the_one_for_all() {
        server.on(
                "/robots.txt",
                "text/plain",
                bytes(
                        "User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /private\nAllow: /private/news\n"));

        assertThat(robots.ask(server.url("/news/1"))).isEqualTo(Answer.ALLOWED);
        assertThat(robots.ask(server.url("/private/1"))).isEqualTo(Answer.DISALLOWED);
        assertThat(robots.ask(server.url("/private/news/1"))).isEqualTo(Answer.ALLOWED);
    }

    @Test
    void a_file_that_is_not_there_forbids_nothing() {
        assertThat(robots.ask(server.url("/news/1"))).isEqualTo(Answer.ALLOWED);
    }

    @Test
    void a_server_in_trouble_is_left_alone_and_asked_again_soon() {
        AtomicInteger status = new AtomicInteger(503);
        server.on("/robots.txt", exchange -> answer(exchange, status.get(), new byte[0], Map.of()));

        Answer inTrouble = robots.ask(server.url("/news/1"));
        status.set(404);
        Answer atOnce = robots.ask(server.url("/news/1"));
        clock.advance(Duration.ofMinutes(11));
        Answer later = robots.ask(server.url("/news/1"));

        assertThat(inTrouble).isEqualTo(Answer.UNREACHABLE);
        assertThat(atOnce).isEqualTo(Answer.UNREACHABLE);
        assertThat(later).isEqualTo(Answer.ALLOWED);
    }

    @Test
    void a_file_is_asked_for_once_a_day() {
        server.on("/robots.txt", "text/plain", bytes("User-agent: *\nDisallow: /private\n"));

        robots.ask(server.url("/a"));
        robots.ask(server.url("/b"));
        clock.advance(Duration.ofHours(23));
        robots.ask(server.url("/c"));
        int within = server.requests().size();
        clock.advance(Duration.ofHours(2));
        robots.ask(server.url("/d"));

        assertThat(within).isEqualTo(1);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void its_sitemaps_are_named_in_order() {
        server.on(
                "/robots.txt",
                "text/plain",
                bytes("Sitemap: " + server.url("/b.xml") + "\nUser-agent: *\nDisallow:\nsitemap: "
                        + server.url("/a.xml")));

        assertThat(robots.sitemaps(server.url("/"))).containsExactly(server.url("/b.xml"), server.url("/a.xml"));
    }

    @Test
    void a_file_that_never_ends_is_read_as_far_as_its_limit() {
        byte[] line = bytes("Disallow: /private\n");
        server.on("/robots.txt", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes("User-agent: *\n"));
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(line);
            }
        });

        assertThat(robots.ask(server.url("/private"))).isEqualTo(Answer.DISALLOWED);
        assertThat(robots.ask(server.url("/news"))).isEqualTo(Answer.ALLOWED);
    }
}
