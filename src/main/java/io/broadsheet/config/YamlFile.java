package io.broadsheet.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one file in {@code config/} strictly and never stops at the first thing wrong: a key nobody asked for, a key given twice, a value of the
 * wrong kind each become a {@link Problem} with their line. YAML 1.2, one document.
 */
public final class YamlFile {
    private static final int BYTES_MAX = 8 * 1024 * 1024; // some 50,000 sources
    private static final int ALIASES_MAX = 50; // enough to share a selection; a "billion laughs" needs far more

    private YamlFile() {}

    /** Reads a file that is one mapping. A missing or empty file is an empty mapping. */
    public static <T> Loaded<T> mapping(Home home, String name, Function<YamlMap, T> reader) {
        return mapping(reading(home, name), reader);
    }

    /** Reads a file that is a list of mappings. A missing or empty file is an empty list. */
    public static <T> Loaded<List<T>> list(Home home, String name, Function<YamlMap, T> reader) {
        return list(reading(home, name), reader);
    }

    /** The keys that a reader asks for, with those of nested mappings as {@code outer.inner}: what the documentation must name. */
    public static Set<String> keys(Function<YamlMap, ?> reader) {
        Reading reading = new Reading(Home.at(Path.of("")), "", name -> null, true);
        YamlMap.empty(reading, "", 1).read(reader);
        return reading.keys();
    }

    static Reading reading(Home home, String name) {
        return new Reading(home, home.relative(home.config(name)), System::getenv, false);
    }

    static <T> Loaded<T> mapping(Reading reading, Function<YamlMap, T> reader) {
        Node node = root(reading).orElse(null);
        YamlMap map = node == null ? YamlMap.empty(reading, "", 1) : YamlMap.of(reading, "", node);
        T value = map.read(reader);
        return new Loaded<>(value, reading.problems());
    }

    static <T> Loaded<List<T>> list(Reading reading, Function<YamlMap, T> reader) {
        List<T> values = new ArrayList<>();
        Node node = root(reading).orElse(null);
        if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                values.add(YamlMap.of(reading, "", element).read(reader));
            }
        } else if (node != null) {
            reading.problem(YamlMap.line(node), "a list is wanted here; begin each entry with '- name: …'");
        }
        return new Loaded<>(List.copyOf(values), reading.problems());
    }

    /** The document's root; empty where there is no file, nothing in it, or nothing that can be read (which is then a problem). */
    private static Optional<Node> root(Reading reading) {
        return text(reading).flatMap(text -> compose(reading, text)).filter(node -> !isNull(node));
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    private static Optional<String> text(Reading reading) {
        Path path = reading.home.resolve(reading.file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (bytes.length > BYTES_MAX) {
                reading.problem(1, "the file is larger than 8 MiB; define fewer things in it");
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            reading.problem(1, "the file is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            reading.problem(1, "the file cannot be read (" + e.getClass().getSimpleName() + "); check its rights");
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(Reading reading, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(reading.file)
                .setSchema(new CoreSchema()) // null is also written ~
                .setUseMarks(true)
                .setMaxAliasesForCollections(ALIASES_MAX)
                .setCodePointLimit(BYTES_MAX)
                .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(1);
            reading.problem(line, syntax(e));
        } catch (ReaderException e) {
            int at = Math.min(e.getPosition(), text.length());
            long breaks = text.substring(0, at).chars().filter(c -> c == '\n').count();
            reading.problem(
                    (int) breaks + 1,
                    "a character that YAML does not allow (code " + e.getCodePoint() + "); remove it");
        } catch (StackOverflowError e) {
            // The parser recurses once a level; nothing of it is kept, so this is an answer like any other.
            reading.problem(1, "lists or brackets nested thousands deep; nothing here needs more than 4");
        } catch (YamlEngineException e) {
            reading.problem(1, "not YAML that is read here: " + oneLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String syntax(MarkedYamlEngineException e) {
        String problem = oneLine(e.getProblem());
        String mend = problem.contains("mapping values are not allowed")
                ? "; put a value that holds ': ' in quotes"
                : problem.contains("cannot start any token")
                        ? "; indent with spaces, and put a value that begins with such a sign in quotes"
                        : "; check the indent and the quotes here and in the line above";
        return "not YAML: " + problem + mend;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").strip();
    }
}
