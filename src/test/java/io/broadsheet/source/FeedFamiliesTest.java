package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import io.broadsheet.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each file in {@code feed-families/} holds many small documents of one family, element by element and injury by injury, with the answer each must
 * give; its first lines say how. What an answer does not name must be absent.
 */
class FeedFamiliesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/broadsheet/source/feed-families");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TestFactory
    Stream<DynamicTest> each_small_document_gives_its_answer() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                cases.addAll(cases(file));
            }
        }
        assertThat(cases).hasSizeGreaterThan(400);
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    private record Case(String name, byte[] document, List<String> answer) {}

    private static List<Case> cases(Path file) throws IOException {
        String frame = "{}";
        List<Case> cases = new ArrayList<>();
        String text = Files.readString(file);
        for (String part : text.split("(?m)^= ")) {
            List<String> lines = part.lines().toList();
            if (cases.isEmpty() && part.startsWith("#")) {
                frame = lines.stream()
                        .filter(line -> line.startsWith("frame "))
                        .map(line -> line.substring("frame ".length()))
                        .findFirst()
                        .orElse("{}");
                continue;
            }
            List<String> answer = lines.stream()
                    .skip(1)
                    .dropWhile(line -> !line.matches("[@>!x] .*"))
                    .toList();
            String input = String.join("\n", lines.subList(1, lines.size() - answer.size()));
            byte[] document = bytes(frame.replace("{}", input), file.endsWith("encodings.txt"));
            cases.add(new Case(file.getFileName() + ": " + lines.get(0), document, answer));
        }
        return cases;
    }

    private static byte[] bytes(String text, boolean escaped) {
        if (!escaped) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            boolean escape = text.startsWith("\\x", at);
            bytes.write(escape ? Integer.parseInt(text.substring(at + 2, at + 4), 16) : text.charAt(at));
            at += escape ? 3 : 0;
        }
        return bytes.toByteArray();
    }

    private static void check(Case given) {
        Raw raw = new Raw(given.name(), given.document(), null, "http://example.com/feed.xml", false, ZoneOffset.UTC);
        List<String> refused =
                given.answer().stream().filter(line -> line.startsWith("x ")).toList();
        if (!refused.isEmpty()) {
            assertThatThrownBy(() -> new DocumentParser().parse(raw))
                    .isInstanceOf(OutsideError.class)
                    .hasMessageContaining(refused.get(0).substring(2));
            return;
        }

        Inspected read = new DocumentParser().parse(raw);

        List<String> told = new ArrayList<>();
        if (given.answer().stream().anyMatch(line -> line.startsWith("@ "))) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("title", read.title());
            document.put("url", read.url());
            document.put("language", read.language());
            told.add("@ " + compact(document));
        }
        read.entries().forEach(entry -> told.add("> " + compact(entry)));
        read.notes().forEach(note -> told.add("! " + note));
        assertThat(told).containsExactlyElementsOf(given.answer());
    }

    /** What is there of it, in its order. */
    private static String compact(Object value) {
        Map<?, ?> all = MAPPER.readValue(Json.write(value), LinkedHashMap.class);
        all.values().removeIf(each -> each == null || each.equals("") || each.equals(List.of()));
        return MAPPER.writeValueAsString(all);
    }
}
