package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file in {@code feeds/} is a feed as one was seen in the wild, and beside it stands what must come out. A line of {@code .expected} is a line
 * of the answer: the document first, then each entry, then each note.
 */
class FeedCorpusTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/broadsheet/source/feeds");

    @TestFactory
    Stream<DynamicTest> a_feed_comes_out_as_it_stands_beside_it() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> feeds = files.filter(file -> file.toString().matches(".*\\.(xml|json)"))
                    .sorted()
                    .toList();
            assertThat(feeds).hasSizeGreaterThan(50);
            return feeds.stream().map(feed -> DynamicTest.dynamicTest(name(feed), () -> check(feed)));
        }
    }

    private static void check(Path feed) throws IOException {
        Path typeFile = FOLDER.resolve(name(feed) + ".content-type");
        String contentType = Files.exists(typeFile) ? Files.readString(typeFile).strip() : null;
        Raw raw = new Raw(
                name(feed),
                Files.readAllBytes(feed),
                contentType,
                "https://news.example.org/rss",
                false,
                ZoneOffset.UTC);

        Inspected inspected = new FeedParser().parse(raw);

        Path expected = FOLDER.resolve(name(feed) + ".expected");
        if (Boolean.getBoolean("broadsheet.write-expected")) {
            Files.writeString(expected, written(inspected));
        }
        assertThat(written(inspected)).isEqualTo(Files.readString(expected));
    }

    private static String written(Inspected inspected) {
        Inspected document = new Inspected(
                inspected.kind(), inspected.title(), inspected.url(), inspected.language(), List.of(), List.of());
        Stream<Object> lines = Stream.concat(
                Stream.of(document), Stream.concat(inspected.entries().stream(), inspected.notes().stream()));
        return String.join("\n", lines.map(Json::write).toList()) + "\n";
    }

    private static String name(Path feed) {
        return feed.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    }
}
