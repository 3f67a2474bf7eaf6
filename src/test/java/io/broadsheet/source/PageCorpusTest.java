package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.html.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file in {@code pages/} is a page laid out as sites lay theirs out, in made-up words; beside it stands what must come out: a line for each field,
 * an empty line, and the story's text. Of the text, words are compared as bags (F1), as others in the field are measured; fields must be right.
 */
class PageCorpusTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/broadsheet/source/pages");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern WIDE = Pattern.compile("[\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7af]");

    private static final double EACH_AT_LEAST = 0.93;
    private static final double MEAN_AT_LEAST = 0.985;

    @TestFactory
    Stream<DynamicTest> a_page_gives_its_story_and_nothing_else() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThanOrEqualTo(40);
        return pages.stream().map(page -> DynamicTest.dynamicTest(name(page), () -> check(page)));
    }

    @Test
    void over_all_pages_the_words_of_the_text_are_right() throws IOException {
        List<Double> figures = new ArrayList<>();
        for (Path page : pages()) {
            Expected expected = Expected.of(page);
            if (!expected.text().isEmpty()) {
                figures.add(f1(text(parsed(page)), expected.text()));
            }
        }

        assertThat(figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .isGreaterThan(MEAN_AT_LEAST);
    }

    private static void check(Path page) throws IOException {
        Expected expected = Expected.of(page);

        Inspected inspected = parsed(page);

        assertThat(inspected.kind()).isEqualTo("page");
        if (expected.fields().containsKey("list")) {
            assertThat(inspected.entries()).isEmpty();
            assertThat(inspected.notes()).anyMatch(note -> note.contains("lists stories"));
            return;
        }
        assertThat(inspected.entries()).hasSize(1);
        Entry entry = inspected.entries().get(0);
        expected.fields()
                .forEach((field, value) -> assertThat(String.valueOf(field(entry, field)))
                        .as(field)
                        .isEqualTo(value));
        assertThat(f1(text(inspected), expected.text())).as(text(inspected)).isGreaterThan(EACH_AT_LEAST);
    }

    private static Object field(Entry entry, String name) {
        return switch (name) {
            case "title" -> entry.title();
            case "url" -> entry.url();
            case "author" -> entry.author();
            case "unit" -> entry.unit();
            case "dateline" -> entry.dateline();
            case "published" -> entry.published();
            case "date-from" -> entry.dateFrom();
            case "updated" -> entry.updated();
            case "language" -> entry.language();
            case "summary" -> entry.summary();
            case "categories" -> String.join(", ", entry.categories());
            case "image" ->
                entry.enclosures().isEmpty() ? null : entry.enclosures().get(0).url();
            case "markup" -> entry.content();
            default -> throw new IllegalArgumentException("no field is named " + name);
        };
    }

    private static Inspected parsed(Path page) throws IOException {
        return new PageParser()
                .parse(new Raw(
                        name(page),
                        Files.readAllBytes(page),
                        null,
                        "https://www.example.org/news/" + name(page),
                        false,
                        ZoneOffset.UTC));
    }

    private static String text(Inspected inspected) {
        String content = inspected.entries().isEmpty()
                ? null
                : inspected.entries().get(0).content();
        return content == null ? "" : PlainText.of(content);
    }

    /** Of the words as a bag; a sign that is a word of its own is one. */
    static double f1(String found, String expected) {
        Map<String, Integer> left = words(expected);
        Map<String, Integer> got = words(found);
        int both = 0;
        for (Map.Entry<String, Integer> word : got.entrySet()) {
            both += Math.min(word.getValue(), left.getOrDefault(word.getKey(), 0));
        }
        int sum = count(left) + count(got);
        return sum == 0 ? 1 : 2.0 * both / sum;
    }

    private static int count(Map<String, Integer> words) {
        return words.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> words(String text) {
        Map<String, Integer> words = new HashMap<>();
        Matcher found = WORD.matcher(
                WIDE.matcher(text.toLowerCase(java.util.Locale.ROOT)).replaceAll(" $0 "));
        while (found.find()) {
            words.merge(found.group(), 1, Integer::sum);
        }
        return words;
    }

    private record Expected(Map<String, String> fields, String text) {
        static Expected of(Path page) throws IOException {
            String all = Files.readString(FOLDER.resolve(name(page) + ".expected"));
            int parting = all.indexOf("\n\n");
            Map<String, String> fields = new HashMap<>();
            for (String line : (parting < 0 ? all : all.substring(0, parting)).split("\n")) {
                int colon = line.indexOf(": ");
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
            return new Expected(
                    fields, parting < 0 ? "" : all.substring(parting).strip());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path page) {
        return page.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    }
}
