package io.broadsheet.source;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    private Path home;

    private FolderWatch watch;
    private final Set<String> seen = new TreeSet<>();

    @BeforeEach
    void open() {
        watch = new FolderWatch(home);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void a_change_is_told_once_and_of_the_source_it_is_in() throws IOException {
        Files.createDirectories(home.resolve("one"));
        Files.createDirectories(home.resolve("two"));
        watch.watch(List.of(folder("one"), folder("two")));
        assertThat(watch.changed()).isEmpty();

        Files.writeString(home.resolve("two/a.txt"), "x");

        seen("two");
        assertThat(seen).containsExactly("two");
    }

    @Test
    void a_folder_within_the_folder_is_watched_too_also_one_made_later() throws IOException {
        Files.createDirectories(home.resolve("one/old"));
        watch.watch(List.of(folder("one")));

        Files.writeString(home.resolve("one/old/a.txt"), "x");
        seen("one");
        Files.createDirectories(home.resolve("one/new"));
        seen("one");
        Files.writeString(home.resolve("one/new/a.txt"), "x");
        seen("one");
    }

    @Test
    void a_folder_that_comes_into_being_or_comes_back_is_watched_from_then_on() throws IOException {
        watch.watch(List.of(folder("one")));
        assertThat(watch.changed()).isEmpty();

        Files.createDirectories(home.resolve("one"));
        seen("one");
        Files.delete(home.resolve("one"));
        seen("one");
        Files.createDirectories(home.resolve("one"));
        seen("one");
        Files.writeString(home.resolve("one/a.txt"), "x");
        seen("one");
    }

    private void seen(String source) {
        seen.clear();
        eventually("a change is told", () -> {
            seen.addAll(watch.changed());
            return seen.contains(source);
        });
    }

    private static SourceDefinition folder(String name) {
        return new SourceDefinition(name, SourceDefinition.Kind.FOLDER, null, name, null, List.of(), 0, null, null);
    }
}
