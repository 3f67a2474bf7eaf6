package io.broadsheet.feedback.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads values out of a provider's JSON, which may lack any of them. */
final class Fields {
    /** A diagnostic is a reply of a mail server; what is longer is a mail. */
    private static final int CHARACTERS_MAX = 2_000;

    private static final int EVENTS_MAX = 50_000;
    private static final long MILLIS_FROM = 100_000_000_000L; // as seconds: the year 5138; as milliseconds: 1973
    /** Also as Java writes a large fraction: {@code 1.7955180005E9}. */
    private static final Pattern NUMBER = Pattern.compile("\\d{9,13}(\\.\\d{1,12})?|\\d\\.\\d{1,17}E(9|1[0-2])");

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");

    private Fields() {}

    /** The text, or the number as text, at this path; absent where there is none. */
    static @Nullable String text(JsonNode node, String... path) {
        JsonNode at = at(node, path);
        if (!at.isValueNode() || at.isNull()) {
            return null;
        }
        String text = at.asString("").strip();
        if (text.isEmpty()) {
            return null;
        }
        return text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) : text;
    }

    /** As {@link #text}, but empty where there is none. */
    static String word(JsonNode node, String... path) {
        String text = text(node, path);
        return text == null ? "" : text;
    }

    static JsonNode at(JsonNode node, String... path) {
        JsonNode at = node;
        for (String step : path) {
            at = at.path(step);
        }
        return at;
    }

    /** The elements of a list, or one value as a list of one. */
    static List<JsonNode> each(JsonNode node) {
        return node.isArray() ? node.valueStream().limit(EVENTS_MAX).toList() : List.of(node);
    }

    /** A moment as RFC 3339 or as seconds or milliseconds since the epoch; absent or unreadable: {@code otherwise}. */
    static Instant instant(@Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            if (NUMBER.matcher(text).matches()) {
                double number = Double.parseDouble(text);
                return Instant.ofEpochMilli(number > MILLIS_FROM ? (long) number : (long) (number * 1000));
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** The first enhanced status (RFC 3463) in a text; absent where there is none. */
    static @Nullable String status(@Nullable String text) {
        Matcher found = STATUS.matcher(text == null ? "" : text);
        return found.find() ? found.group(1) : null;
    }

    /** A status for what the provider calls temporary: its own, unless that would say that the mailbox doesn't exist. */
    static String soft(@Nullable String status, String otherwise) {
        return status == null || status.startsWith("5.1.") || status.startsWith("2.") ? otherwise : status;
    }
}
