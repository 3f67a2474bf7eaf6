package io.broadsheet.source;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Visits that need more memory than there is room for just now. */
class RoomTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final byte[] LARGE =
            ("<rss version=\"2.0\"><channel><title>x</title><item><title>A</title><link>/a</link><description>"
                            + "word ".repeat(400_000) + "</description></item></channel></rss>")
                    .getBytes(StandardCharsets.UTF_8);

    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher = new Fetcher(
            new FetchSettings(
                    "Broadsheet test",
                    List.of("127.0.0.1"),
                    Set.of(80, 443),
                    10_000_000,
                    TIMEOUT,
                    TIMEOUT,
                    5,
                    Duration.ZERO),
            Clock.systemUTC());

    @TempDir
    private Path home;

    private VisitSource visitSource;

    @BeforeEach
    void open() {
        visitSource = new VisitSource(
                fetcher,
                new Robots(fetcher, Clock.systemUTC()),
                home,
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void a_large_feed_that_waits_for_room_longer_than_a_fetch_may_take_is_read_all_the_same() {
        server.on("/feed", "application/rss+xml", LARGE);
        try (Room.Share one = visitSource.share();
                Room.Share other = visitSource.share()) {
            one.beLarge();
            other.beLarge();
            CompletableFuture<Visit> visiting = new CompletableFuture<>();
            visitor(source(SourceDefinition.Kind.FEED, server.url("/feed"), null), visiting);
            eventually("it is asked", () -> server.requests().size() == 1);
            Stopwatch waited = Stopwatch.start();
            eventually(
                    "its fetch is out of time",
                    () -> visiting.isDone() || waited.elapsed().compareTo(TIMEOUT.multipliedBy(2)) > 0);
            assertThat(visiting).isNotDone();

            one.close();
            Visit visit = visiting.join();

            assertThat(visit.error()).isNull();
            assertThat(visit.entries()).extracting(Entry::title).containsExactly("A");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_large_file_waits_for_room_like_a_large_feed_and_a_small_one_does_not() throws IOException {
        Files.createDirectories(home.resolve("large"));
        Files.writeString(home.resolve("large/a.md"), "# Large\n\n" + "word ".repeat(250_000));
        Files.createDirectories(home.resolve("small"));
        Files.writeString(home.resolve("small/b.md"), "# Small\n\nA few words.\n");
        try (Room.Share one = visitSource.share();
                Room.Share other = visitSource.share()) {
            one.beLarge();
            other.beLarge();
            CompletableFuture<Visit> large = new CompletableFuture<>();
            Thread visitor = visitor(source(SourceDefinition.Kind.FOLDER, null, "large"), large);

            Visit small = visitSource.visit(
                    source(SourceDefinition.Kind.FOLDER, null, "small"), FetchState.NEW, SourceMemory.NEW);
            assertThat(small.entries()).extracting(Entry::title).containsExactly("Small");
            eventually("it waits for room", () -> visitor.getState() == Thread.State.WAITING || large.isDone());
            assertThat(large).isNotDone();

            other.close();

            assertThat(large.join().entries()).extracting(Entry::title).containsExactly("Large");
        }
    }

    private Thread visitor(SourceDefinition source, CompletableFuture<Visit> brings) {
        Thread visitor = new Thread(
                () -> brings.complete(visitSource.visit(source, FetchState.NEW, SourceMemory.NEW)), "visitor");
        visitor.start();
        return visitor;
    }

    private static SourceDefinition source(SourceDefinition.Kind kind, String url, String path) {
        return new SourceDefinition("press", kind, url, path, Duration.ofMinutes(15), List.of(), 0, null, null);
    }
}
