package io.broadsheet.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header fields as they came (RFC 5322 §2.2), unfolded and in their order: those of a mail, of a part, or one group of a delivery status (RFC 3464
 * §2.1). What is over the bounds is left out.
 *
 * @param length characters that they took, the empty line behind them included
 */
public record Fields(List<Field> fields, int length) {
    private static final int FIELDS_MAX = 300;
    private static final int VALUE_MAX = 4_000;
    /** A field is looked through no further: a report returns the rest of its mail here where something is broken. */
    private static final int LENGTH_MAX = 256 * 1024;

    public Fields {
        fields = List.copyOf(fields);
    }

    /** @param name in lower case */
    public record Field(String name, String value) {}

    /** Those at the beginning of a text, up to its first empty line. Lines that are no field are passed over. */
    public static Fields at(String text, int from) {
        List<Field> fields = new ArrayList<>();
        String name = "";
        StringBuilder value = new StringBuilder();
        int at = from;
        while (at < text.length() && at - from < LENGTH_MAX) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = next;
            if (line.isBlank()) {
                break;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                append(value, " " + line.strip());
                continue;
            }
            add(fields, name, value);
            int colon = line.indexOf(':');
            name = colon > 0 ? line.substring(0, colon).strip().toLowerCase(Locale.ROOT) : "";
            value.setLength(0);
            append(value, colon > 0 ? line.substring(colon + 1).strip() : "");
        }
        add(fields, name, value);
        return new Fields(fields, at - from);
    }

    private static void append(StringBuilder value, String more) {
        value.append(more, 0, Math.min(more.length(), Math.max(0, VALUE_MAX - value.length())));
    }

    private static void add(List<Field> fields, String name, StringBuilder value) {
        if (!name.isEmpty() && fields.size() < FIELDS_MAX) {
            fields.add(new Field(name, value.toString().strip()));
        }
    }

    /** The first of this name, in lower case. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** All of this name, in lower case, in their order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** Whether there is one of this name, in lower case. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }
}
