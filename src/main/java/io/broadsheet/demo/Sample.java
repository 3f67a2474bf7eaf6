package io.broadsheet.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;

/** The sample texts of the sandbox, with their holes filled: <code>{{name}}</code>, and <code>{{rfc822 5}}</code> for a date five hours ago. */
final class Sample {
    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z0-9]+)(?: ([0-9]+))?}}");

    private Sample() {}

    /** @param path under {@code src/main/resources/demo} */
    static String text(String path) {
        try (InputStream in = Sample.class.getResourceAsStream("/demo/" + path)) {
            if (in == null) {
                throw new IllegalStateException("demo/" + path + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("demo/" + path + " is in the jar but unreadable", e);
        }
    }

    static String filled(String text, Map<String, String> values, Instant now) {
        return HOLE.matcher(text)
                .replaceAll(hole -> java.util.regex.Matcher.quoteReplacement(
                        hole.group(2) == null
                                ? value(values, hole.group(1))
                                : date(hole.group(1), now.minus(Long.parseLong(hole.group(2)), ChronoUnit.HOURS))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing fills {{" + name + "}}");
        }
        return value;
    }

    private static String date(String form, Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return form.equals("rfc822")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(whole.atZone(ZoneOffset.UTC))
                : whole.toString();
    }
}
