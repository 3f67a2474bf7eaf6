package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.source.Visit.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitSourceTest {
    private static final byte[] FEED =
            "<rss version=\"2.0\"><channel><title>x</title><item><title>A</title><link>/a</link></item></channel></rss>"
                    .getBytes(StandardCharsets.UTF_8);

    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), Clock.systemUTC());

    @TempDir
    private Path folder;

    private Path home;

    private VisitSource visitSource;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
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
    void a_feed_is_read_and_its_validators_are_sent_back() {
        server.on("/feed", exchange -> {
            boolean known = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            answer(exchange, known ? 304 : 200, known ? new byte[0] : FEED, Map.of("ETag", "\"1\""));
        });

        Visit first = visit(feed("/feed"), FetchState.NEW);
        Visit second = visit(feed("/feed"), first.state());

        assertThat(first.status()).isEqualTo(Status.OK);
        assertThat(first.entries()).extracting(Entry::url).containsExactly(server.url("/a"));
        assertThat(second.status()).isEqualTo(Status.UNCHANGED);
        assertThat(second.state()).isEqualTo(first.state());
    }

    @Test
    void a_validator_that_cannot_be_sent_back_is_not_the_end_of_a_source() {
        server.on("/feed", "text/xml", FEED);

        Visit visit = visit(feed("/feed"), new FetchState("\"Ausgabe-für-heute\"", "heute früh", null, null));

        assertThat(visit.status()).isEqualTo(Status.OK);
    }

    @Test
    void the_same_bytes_are_unchanged_though_the_server_knows_no_304() {
        server.on("/feed", "text/xml", FEED);

        Visit first = visit(feed("/feed"), FetchState.NEW);
        Visit second = visit(feed("/feed"), first.state());

        assertThat(second.status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void a_learnt_place_that_is_gone_is_given_up_for_the_defined_one_that_works() {
        server.on("/old", "text/xml", FEED);

        Visit gone = visit(feed("/old"), new FetchState(null, null, null, server.url("/nowhere")));

        assertThat(gone.status()).isEqualTo(Status.OK);
        assertThat(gone.state().url()).isNull();
    }

    @Test
    void a_learnt_place_is_not_given_up_for_one_that_fails_too() {
        server.on("/new", exchange -> answer(exchange, 503, new byte[0], Map.of()));
        FetchState learnt = new FetchState("\"1\"", null, null, server.url("/new"));

        Visit visit = visit(feed("/old"), learnt);

        assertThat(visit.status()).isEqualTo(Status.FAILED);
        assertThat(visit.error()).contains("/new").contains("503");
        assertThat(visit.state()).isEqualTo(learnt);
    }

    @Test
    void a_page_instead_of_a_feed_is_a_failure_with_the_mend() {
        server.on(
                "/feed",
                "text/html",
                "<!DOCTYPE html><html><body>Hello</body></html>".getBytes(StandardCharsets.UTF_8));

        Visit visit = visit(feed("/feed"), FetchState.NEW);

        assertThat(visit.status()).isEqualTo(Status.FAILED);
        assertThat(visit.error())
                .isEqualTo(server.url("/feed")
                        + ": answered with an HTML page, not a feed; look for the feed's own address on that page");
        assertThat(visit.state()).isEqualTo(FetchState.NEW);
    }

    @Test
    void a_refusal_is_a_failure_that_says_how_long_to_stay_away() {
        server.on("/feed", exchange -> answer(exchange, 429, new byte[0], Map.of("Retry-After", "60")));

        Visit visit = visit(feed("/feed"), FetchState.NEW);

        assertThat(visit.error()).contains("429").contains("too many requests");
        assertThat(visit.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_feed_that_broke_off_is_asked_for_whole_next_time() {
        String url = server.raw(out -> out.write(("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 9999\r\n\r\n"
                        + new String(FEED, StandardCharsets.UTF_8).replace("</channel></rss>", "<item><title>B"))
                .getBytes(StandardCharsets.UTF_8)));

        Visit visit = visit(source(SourceDefinition.Kind.FEED, url, null), FetchState.NEW);

        assertThat(visit.entries()).hasSize(1);
        assertThat(visit.state().etag()).isNull();
        assertThat(visit.state().fingerprint()).isNull();
    }

    @Test
    void an_empty_feed_is_read_and_noted() {
        server.on(
                "/feed",
                "text/xml",
                "<rss version=\"2.0\"><channel><title>x</title></channel></rss>".getBytes(StandardCharsets.UTF_8));

        Visit visit = visit(feed("/feed"), FetchState.NEW);

        assertThat(visit.status()).isEqualTo(Status.OK);
        assertThat(visit.entries()).isEmpty();
        assertThat(visit.notes()).containsExactly("the feed has no entries");
    }

    @Test
    void a_folders_files_are_entries_in_the_order_of_their_names() throws IOException {
        write("releases/b.txt", "Bridge reopens\n\nIt is open.\n");
        write("releases/a.md", "# Ferry\n\nNew times.\n");
        write("releases/more/c.html", "<html><body><h1>Quay</h1><p>Third.</p></body></html>");
        write("releases/.hidden.txt", "no");
        write("releases/more/deep/d.txt", "no");
        write("releases/picture.png", "no");
        write("releases/empty.txt", "");

        Visit first = visit(folder("releases"), FetchState.NEW);
        Visit second = visit(folder("releases"), first.state());
        write("releases/e.txt", "Lighthouse\n\nLit.\n");
        Visit third = visit(folder("releases"), second.state());

        assertThat(first.entries()).extracting(Entry::id).containsExactly("a.md", "b.txt", "more/c.html");
        assertThat(first.entries()).extracting(Entry::title).containsExactly("Ferry", "Bridge reopens", "Quay");
        assertThat(first.notes()).containsExactly("empty.txt: is empty and was passed over");
        assertThat(second.status()).isEqualTo(Status.UNCHANGED);
        assertThat(third.entries()).hasSize(4);
    }

    @Test
    void a_file_that_cannot_be_read_leaves_the_others_be() throws IOException {
        write("releases/a.md", "---\nby: b: c\n---\nText\n");
        write("releases/b.txt", "Bridge reopens\n\nIt is open.\n");

        Visit visit = visit(folder("releases"), FetchState.NEW);

        assertThat(visit.status()).isEqualTo(Status.OK);
        assertThat(visit.entries()).extracting(Entry::id).containsExactly("b.txt");
        assertThat(visit.notes()).anyMatch(note -> note.startsWith("a.md:2: the front matter is not YAML"));
    }

    @Test
    void a_folder_may_not_leave_the_home() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(home.resolve("link"), outside);

        assertThat(visit(folder("../outside"), FetchState.NEW).error()).contains("may not leave it");
        assertThat(visit(folder("link"), FetchState.NEW).error()).contains("may not leave it");
        assertThat(visit(folder("missing"), FetchState.NEW).error()).contains("no such folder");
    }

    private Visit visit(SourceDefinition source, FetchState state) {
        return visitSource.visit(source, state, SourceMemory.NEW);
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SourceDefinition feed(String path) {
        return source(SourceDefinition.Kind.FEED, server.url(path), null);
    }

    private static SourceDefinition folder(String path) {
        return source(SourceDefinition.Kind.FOLDER, null, path);
    }

    private static SourceDefinition source(SourceDefinition.Kind kind, String url, String path) {
        return new SourceDefinition("press", kind, url, path, Duration.ofMinutes(15), List.of(), 0, null, null);
    }
}
