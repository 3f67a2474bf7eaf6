package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a folder that grows, what changed is read. */
class VisitFolderTest {
    @TempDir
    private Path home;

    private VisitFolder visitFolder;
    private Instant changed = Instant.parse("2026-01-01T10:00:00Z");
    private FetchState state = FetchState.NEW;
    private SourceMemory memory = SourceMemory.NEW;

    @BeforeEach
    void folder() throws IOException {
        Files.createDirectories(home.resolve("in"));
        MediaFiles media =
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", Clock.systemUTC());
        visitFolder = new VisitFolder(new FolderReader(home, media), Clock.systemUTC());
        write("bridge.md", "# Bridge\n\nIt is open.\n");
        write("ferry.md", "---\nid: f-1\n---\n# Ferry\n\n![](ferry-at-night.png)\n\nNew times.\n");
        write("ferry-at-night.png", png("first"));
    }

    @Test
    void a_file_that_came_or_changed_is_read_and_the_others_are_only_told_of() throws IOException {
        Visit first = visit();
        write("tunnel.md", "# Tunnel\n\nIt is closed.\n");
        Visit second = visit();
        write("bridge.md", "# Bridge\n\nIt is closed again.\n");
        Visit third = visit();
        Files.delete(home.resolve("in/tunnel.md"));
        Visit fourth = visit();
        Visit fifth = visit();

        assertThat(first.entries()).extracting(Entry::title).containsExactly("Bridge", "Ferry");
        assertThat(first.unread()).isEmpty();
        assertThat(second.entries()).extracting(Entry::title).containsExactly("Tunnel");
        assertThat(second.unread()).containsExactlyInAnyOrder("bridge.md", "f-1");
        assertThat(third.entries()).extracting(Entry::title).containsExactly("Bridge");
        assertThat(third.unread()).containsExactlyInAnyOrder("tunnel.md", "f-1");
        assertThat(fourth.entries()).isEmpty();
        assertThat(fourth.unread()).containsExactlyInAnyOrder("bridge.md", "f-1");
        assertThat(fifth.status()).isEqualTo(Visit.Status.UNCHANGED);
    }

    @Test
    void a_text_is_read_again_when_a_picture_of_it_comes_changes_or_goes() throws IOException {
        visit();
        write("ferry-at-night.png", png("second"));
        Visit other = visit();
        write("bridge.jpg", "no picture yet");
        Visit withOwn = visit();
        write("bridge.jpg", png("of the bridge"));
        Visit withRight = visit();
        Files.delete(home.resolve("in/ferry-at-night.png"));
        Visit without = visit();

        assertThat(other.entries()).extracting(Entry::title).containsExactly("Ferry");
        assertThat(withOwn.entries()).extracting(Entry::title).containsExactly("Bridge");
        assertThat(withOwn.notes()).anyMatch(note -> note.contains("bridge.jpg"));
        assertThat(withRight.entries()).extracting(Entry::title).containsExactly("Bridge");
        assertThat(withRight.entries().get(0).enclosures()).hasSize(1);
        assertThat(without.entries()).extracting(Entry::title).containsExactly("Ferry");
    }

    @Test
    void what_is_wrong_with_a_file_is_told_until_it_is_mended() throws IOException {
        write("empty.md", "");
        Visit first = visit();
        write("tunnel.md", "# Tunnel\n\nIt is closed.\n");
        Visit second = visit();
        write("empty.md", "# Not empty\n\nAny more.\n");
        Visit third = visit();

        assertThat(first.notes()).containsExactly("empty.md: is empty and was passed over");
        assertThat(second.notes()).isEqualTo(first.notes());
        assertThat(third.notes()).isEmpty();
        assertThat(third.entries()).extracting(Entry::title).containsExactly("Not empty");
    }

    @Test
    void a_source_that_was_resumed_is_read_whole() {
        visit();
        state = FetchState.NEW;

        assertThat(visit().entries()).hasSize(2);
    }

    @Test
    void what_was_remembered_before_folders_were_is_read_as_nothing() {
        SourceMemory old = Json.read(
                "{\"path\":null,\"usual\":0,\"caught-up\":true,\"more\":false,\"known\":{},\"tries\":{}}",
                SourceMemory.class);

        assertThat(old.files()).isEmpty();
    }

    private Visit visit() {
        try (Room.Share share = new Room().share()) {
            Visit visit = visitFolder.visit("in", state, memory, ZoneOffset.UTC, share);
            state = visit.state();
            if (visit.pages() != null) {
                // As the database keeps it.
                memory = Json.read(Json.write(visit.pages()), SourceMemory.class);
            }
            return visit;
        }
    }

    private void write(String name, String text) throws IOException {
        changed = changed.plusSeconds(1);
        Path file = home.resolve("in").resolve(Objects.requireNonNull(name));
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private static String png(String inside) {
        return "\u0089PNG\r\n\u001a\n" + inside + "....IEND....";
    }
}
