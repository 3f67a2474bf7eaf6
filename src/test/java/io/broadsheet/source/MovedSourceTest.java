package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.source.Visit.Status;
import io.broadsheet.test.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a redirect is taken for the source's new address. */
class MovedSourceTest {
    private static final byte[] FEED =
            "<rss version=\"2.0\"><channel><title>x</title><item><title>A</title><link>/a</link></item></channel></rss>"
                    .getBytes(StandardCharsets.UTF_8);

    private final AwkwardServer server = new AwkwardServer();
    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), clock);

    @TempDir
    private Path home;

    private VisitSource visitSource;

    @BeforeEach
    void open() {
        visitSource = new VisitSource(
                fetcher,
                new Robots(fetcher, clock),
                home,
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", clock));
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void a_moved_feed_is_visited_at_its_new_place_once_it_said_so_three_times_over_a_day() {
        server.redirect("/old", 301, "/new");
        server.on("/new", "text/xml", FEED);

        FetchState once = visitAgain("/old", FetchState.NEW);
        FetchState twice = visitAgain("/old", once, Duration.ofHours(1));
        FetchState thrice = visitAgain("/old", twice, Duration.ofHours(1));
        FetchState dayLater = visitAgain("/old", thrice, Duration.ofHours(22));

        assertThat(List.of(once, twice, thrice)).extracting(FetchState::url).containsOnlyNulls();
        assertThat(dayLater.url()).isEqualTo(server.url("/new"));
        assertThat(dayLater.moving()).isNull();
    }

    @Test
    void two_visits_a_day_apart_are_too_few_to_believe_a_move() {
        server.redirect("/old", 308, "/new");
        server.on("/new", "text/xml", FEED);

        FetchState twice = visitAgain("/old", visitAgain("/old", FetchState.NEW), Duration.ofDays(2));
        FetchState thrice = visitAgain("/old", twice, Duration.ofHours(1));

        assertThat(twice.url()).isNull();
        assertThat(thrice.url()).isEqualTo(server.url("/new"));
    }

    @Test
    void a_move_is_counted_though_the_new_place_answers_that_nothing_changed() {
        server.redirect("/old", 301, "/new");
        server.on("/new", exchange -> {
            boolean known = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            answer(exchange, known ? 304 : 200, known ? new byte[0] : FEED, Map.of("ETag", "\"1\""));
        });

        FetchState twice = visitAgain("/old", visitAgain("/old", FetchState.NEW), Duration.ofHours(12));
        FetchState thrice = visitAgain("/old", twice, Duration.ofHours(12));

        assertThat(thrice).isEqualTo(new FetchState("\"1\"", null, thrice.fingerprint(), server.url("/new")));
    }

    @Test
    void a_move_elsewhere_or_none_begins_the_count_anew() {
        server.redirect("/old", 301, "/new");
        server.redirect("/other", 301, "/newer");
        server.on("/new", "text/xml", FEED);
        server.on("/newer", "text/xml", FEED);

        FetchState twice = visitAgain("/old", visitAgain("/old", FetchState.NEW), Duration.ofDays(1));
        FetchState elsewhere = visitAgain("/other", twice, Duration.ofDays(1));
        FetchState straight = visitAgain("/new", twice, Duration.ofDays(1));

        assertThat(elsewhere.moving())
                .isEqualTo(new Moving(server.url("/newer"), clock.instant().minus(Duration.ofDays(1)), 1));
        assertThat(elsewhere.url()).isNull();
        assertThat(straight.moving()).isNull();
    }

    @Test
    void a_temporary_redirect_is_never_learnt() {
        server.redirect("/old", 302, "/new");
        server.redirect("/away", 307, "/new");
        server.on("/new", "text/xml", FEED);

        for (String path : List.of("/old", "/away")) {
            FetchState state = visitAgain(path, FetchState.NEW);
            for (int visits = 0; visits < 4; visits++) {
                state = visitAgain(path, state, Duration.ofDays(1));
            }
            assertThat(state.url()).isNull();
            assertThat(state.moving()).isNull();
        }
    }

    private FetchState visitAgain(String path, FetchState state, Duration later) {
        clock.advance(later);
        return visitAgain(path, state);
    }

    private FetchState visitAgain(String path, FetchState state) {
        SourceDefinition source = new SourceDefinition(
                "press",
                SourceDefinition.Kind.FEED,
                server.url(path),
                null,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null);
        Visit visit = visitSource.visit(source, state, SourceMemory.NEW);
        assertThat(visit.status()).isIn(Status.OK, Status.UNCHANGED);
        return visit.state();
    }
}
