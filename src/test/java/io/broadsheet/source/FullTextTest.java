package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullTextTest {
    private static final String STORY = """
            <!DOCTYPE html><html lang="en"><title>Bridge reopens</title><article><h1>Bridge reopens</h1><p>By Ada Example</p>
            <p>The harbour bridge reopened to all traffic on Monday, after six months of repairs and one week of rain.</p>
            <p>Engineers replaced forty of its cables, and the deck was raised by a hand's breadth, the office said.</p></article>""";

    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), Clock.systemUTC());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<String> feed = new AtomicReference<>("");
    private final AtomicInteger status = new AtomicInteger(200);

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
        server.on(
                "/feed",
                exchange -> answer(
                        exchange,
                        200,
                        feed.get().getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "text/xml")));
        server.on("/a", exchange -> {
            asked.incrementAndGet();
            byte[] body = status.get() == 200 ? STORY.getBytes(StandardCharsets.UTF_8) : new byte[0];
            answer(exchange, status.get(), body, Map.of("Content-Type", "text/html; charset=utf-8"));
        });
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void a_feed_that_tells_the_beginning_gets_the_whole_from_the_storys_page() {
        feed.set(telling("The harbour bridge reopened to all traffic on Monday"));

        Visit visit = visit(FetchState.NEW, SourceMemory.NEW);

        assertThat(visit.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.content()).contains("Engineers replaced forty").doesNotContain("By Ada");
            assertThat(entry.summary()).contains("on Monday");
            assertThat(entry.author()).isEqualTo("Ada Example");
        });
        assertThat(visit.notes()).contains("the text was taken from the story's page, since the feed has a part of it");
    }

    @Test
    void a_page_is_read_once_and_again_only_when_its_entry_changes() {
        feed.set(telling("The harbour bridge reopened"));
        status.set(200);
        Visit first = visit(FetchState.NEW, SourceMemory.NEW);
        SourceMemory memory = Objects.requireNonNull(first.pages());
        feed.set(telling("The harbour bridge reopened") + " ");

        Visit second = visit(first.state(), memory);
        feed.set(telling("The harbour bridge reopened, and stays open"));
        Visit third = visit(second.state(), memory);

        assertThat(second.entries()).isEmpty();
        assertThat(third.entries()).hasSize(1);
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void without_its_page_an_entry_comes_as_the_feed_has_it_and_the_page_is_tried_again() {
        feed.set(telling("The harbour bridge reopened"));
        status.set(503);

        Visit first = visit(FetchState.NEW, SourceMemory.NEW);
        SourceMemory memory = Objects.requireNonNull(first.pages());
        status.set(200);
        Visit second = visit(first.state(), memory);

        assertThat(first.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).isNull());
        assertThat(first.notes()).anyMatch(note -> note.contains("503") && note.contains("the feed's own text"));
        assertThat(second.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).contains("Engineers"));
    }

    @Test
    void a_feed_that_has_more_than_the_page_keeps_its_text() {
        Entry feed = entry("<p>" + "The bridge reopened, and here is all that there is to say of it. ".repeat(3)
                + "Ferries go back to summer times; tolls stay; divers found nothing amiss below the deck.</p>");
        Notes notes = new Notes();

        Entry better = FullText.better(feed, entry("<p>The bridge reopened. Log in to read on.</p>"), notes);

        assertThat(better.content()).isEqualTo(feed.content());
        assertThat(notes.sentences()).containsExactly("the feed's text was kept, since the story's page has no more");
    }

    private static Entry entry(String content) {
        return new Entry(
                null, null, "Bridge", null, null, null, null, null, null, null, content, null, List.of(), List.of());
    }

    private Visit visit(FetchState state, SourceMemory memory) {
        SourceDefinition source = new SourceDefinition(
                "press",
                SourceDefinition.Kind.FEED,
                server.url("/feed"),
                null,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null,
                PageRules.NONE);
        return visitSource.visit(source, state, memory);
    }

    private static String telling(String summary) {
        return "<rss version=\"2.0\"><channel><title>x</title><item><title>Bridge reopens</title><link>/a</link><description>"
                + summary + "</description></item></channel></rss>";
    }
}
