package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping while it is read. Every method asks for one key: a key that is absent, or has no value, answers empty; one that cannot be read answers
 * empty too, and is a problem. Keys that were never asked for are problems when the reader ends. Used by one thread.
 */
public final class YamlMap {
    private final Reading reading;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> keyLines = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    private YamlMap(Reading reading, String path, int line) {
        this.reading = reading;
        this.path = path;
        this.line = line;
    }

    static YamlMap empty(Reading reading, String path, int line) {
        return new YamlMap(reading, path, line);
    }

    /** A mapping from a node; one of another kind is a problem and reads as empty. */
    static YamlMap of(Reading reading, String path, Node node) {
        YamlMap map = new YamlMap(reading, path, line(node));
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(map::add);
        } else if (!YamlFile.isNull(node)) {
            reading.problem(
                    map.line,
                    (path.isEmpty() ? "this entry" : "'" + path + "'") + " must be a mapping, such as 'key: value'");
        }
        return map;
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private void add(NodeTuple tuple) {
        int at = line(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
            reading.problem(at, "a key must be a word");
            return;
        }
        String key = scalar.getValue();
        @Nullable Integer first = keyLines.putIfAbsent(key, at);
        if (first != null) {
            reading.problem(at, "key '" + key + "' is given twice, first in line " + first + "; keep one");
            return;
        }
        values.put(key, tuple.getValueNode());
    }

    <T> T read(Function<YamlMap, T> reader) {
        T value = reader.apply(this);
        keyLines.forEach((key, at) -> {
            if (!asked.contains(key)) {
                reading.problem(at, "unknown key '" + key + "'" + Nearest.mend(key, asked));
            }
        });
        return value;
    }

    // ---- what a feature reader asks for

    /** Text as written, without blanks around it. */
    public Optional<String> text(String key) {
        return value(key, text -> text);
    }

    /** Text in one line, for titles and headers. */
    public Optional<String> line(String key) {
        return value(key, text -> {
            if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
                throw new UserError("must be one line; remove the line breaks and control characters");
            }
            return text;
        });
    }

    /** A name of ours: {@code [a-z0-9-]+}. Missing is a problem, and then the name is empty. */
    public String name(String key) {
        return required(key, value(key, Words::name)).orElse("");
    }

    /** Notes a problem where the key is absent. */
    public <T> Optional<T> required(String key, Optional<T> value) {
        if (value.isEmpty() && !has(key)) {
            reading.problem(
                    keyLines.getOrDefault(key, line),
                    "key '" + key + "' is missing" + (keyLines.containsKey(key) ? " its value" : ""));
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String key) {
        return value(key, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UserError("'" + text + "' is neither true nor false");
        });
    }

    /** A whole number within bounds, both included. */
    public Optional<Integer> whole(String key, int least, int most) {
        return value(key, text -> {
            if (!text.matches("-?[0-9]{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
                throw new UserError("'" + text + "' is not a whole number from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        });
    }

    public Optional<Duration> duration(String key) {
        return value(key, Words::duration);
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return value(key, text -> {
            @Nullable E constant = words.get(text);
            if (constant == null) {
                throw new UserError("unknown word '" + text + "'" + Nearest.mend(text, words.keySet()));
            }
            return constant;
        });
    }

    /** An IANA time zone. */
    public Optional<ZoneId> zone(String key) {
        return value(key, Words::zone);
    }

    /** A BCP 47 language tag. */
    public Optional<String> language(String key) {
        return value(key, Words::language);
    }

    /**
     * The canonical form of a BCP 47 language tag, for lists of them.
     *
     * @throws UserError when it is none
     */
    public static String languageTag(String text) {
        return Words.language(text);
    }

    /** An absolute http(s) URL. */
    public Optional<String> url(String key) {
        return value(key, Words::url);
    }

    public Optional<Mailbox> mailbox(String key) {
        return value(key, Mailbox::of);
    }

    /**
     * A value in the reader's own way.
     *
     * @param parse throws a {@link UserError} when the text is wrong, whose line becomes the problem's
     */
    public <T> Optional<T> value(String key, Function<String, T> parse) {
        return node(key).flatMap(node -> scalar(key, node, parse));
    }

    /** A list of texts; absent is empty. */
    public List<String> texts(String key) {
        return list(key, text -> text);
    }

    /** A list of values in the reader's own way, as {@link #value}; absent is empty. */
    public <T> List<T> list(String key, Function<String, T> parse) {
        @Nullable Node node = node(key).orElse(null);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .flatMap(element -> scalar(key, element, parse).stream())
                    .toList();
        }
        if (node != null) {
            reading.problem(line(node), "'" + key + "' must be a list, such as [one, two]");
        }
        return List.of();
    }

    /** As {@link #list}, but one value may stand without brackets. */
    public <T> List<T> oneOrMore(String key, Function<String, T> parse) {
        return node(key).filter(ScalarNode.class::isInstance).isPresent()
                ? value(key, parse).stream().toList()
                : list(key, parse);
    }

    /** A nested mapping; absent reads as an empty one. */
    public <T> T map(String key, Function<YamlMap, T> reader) {
        String nested = path.isEmpty() ? key : path + "." + key;
        return node(key)
                .map(node -> of(reading, nested, node))
                .orElseGet(() -> empty(reading, nested, keyLines.getOrDefault(key, line)))
                .read(reader);
    }

    /** A list of nested mappings; absent is empty. */
    public <T> List<T> maps(String key, Function<YamlMap, T> reader) {
        String nested = path.isEmpty() ? key : path + "." + key;
        if (reading.learning) {
            empty(reading, nested, line).read(reader);
        }
        @Nullable Node node = node(key).orElse(null);
        List<T> read = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue()
                    .forEach(element -> read.add(of(reading, nested, element).read(reader)));
        } else if (node != null) {
            reading.problem(line(node), "'" + key + "' must be a list; begin each entry with '-'");
        }
        return List.copyOf(read);
    }

    /** Whether the key is there with a value. */
    public boolean has(String key) {
        @Nullable Node node = values.get(key);
        return node != null && !YamlFile.isNull(node);
    }

    /** Something wrong about a key's value; where the key is absent, about the whole mapping. */
    public void problem(String key, String message) {
        @Nullable Node node = values.get(key);
        reading.problem(node == null ? keyLines.getOrDefault(key, line) : line(node), message);
    }

    // ---- for settings

    /** Where the mapping begins, from 1. */
    int line() {
        return line;
    }

    /** A value in which <code>${NAME}</code> and a leading {@code file:} are followed. */
    Optional<String> secretText(String key) {
        return value(key, text -> SecretText.resolve(reading, text));
    }

    Optional<Secret> secret(String key) {
        return secretText(key).map(Secret::new);
    }

    // ---- how it is done

    private Optional<Node> node(String key) {
        asked.add(key);
        reading.asked(path.isEmpty() ? key : path + "." + key);
        return Optional.ofNullable(values.get(key)).filter(node -> !YamlFile.isNull(node));
    }

    private <T> Optional<T> scalar(String key, Node node, Function<String, T> parse) {
        if (!(node instanceof ScalarNode scalar)) {
            reading.problem(
                    line(node),
                    "'" + key + "' must be one value, not a " + (node instanceof SequenceNode ? "list" : "mapping"));
            return Optional.empty();
        }
        boolean known =
                node.getTag().getValue().startsWith(Tag.PREFIX) || node.getTag().equals(Tag.ENV_TAG);
        if (!known) {
            reading.problem(
                    line(node),
                    "'" + key + "' has the tag " + node.getTag().getValue() + ", which means nothing here; remove it");
            return Optional.empty();
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty()) {
            reading.problem(line(node), "'" + key + "' is empty; give it a value or remove it");
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (UserError e) {
            reading.problem(line(node), "'" + key + "': " + String.join("; ", e.lines()));
            return Optional.empty();
        }
    }
}
