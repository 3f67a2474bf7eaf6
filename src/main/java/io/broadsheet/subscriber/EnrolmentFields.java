package io.broadsheet.subscriber;

import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.newsletter.Newsletter;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what people type about a subscriber; an empty text is an absent value. Every error says what is wrong and the mend, without a place. */
final class EnrolmentFields {
    private static final int NAME_CHARACTERS_MAX = 200; // longer than any name people use: it stands in a header field
    private static final int TOPICS_MAX = 50;
    private static final int TOPIC_CHARACTERS_MAX = 100;

    private EnrolmentFields() {}

    static @Nullable String name(String typed) {
        if (hasControls(typed)) {
            throw new UserError("a name with a line break or another control character; write it in one line");
        }
        String name = typed.strip();
        if (name.length() > NAME_CHARACTERS_MAX) {
            throw new UserError("a name of more than " + NAME_CHARACTERS_MAX + " characters; shorten it");
        }
        return name.isEmpty() ? null : name;
    }

    static @Nullable String language(String typed) {
        String tag = typed.strip();
        try {
            return tag.isEmpty()
                    ? null
                    : new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new UserError("'" + Safe.text(tag) + "' is no language; write a tag such as en or pt-BR");
        }
    }

    static @Nullable ZoneId timeZone(String typed) {
        String id = typed.strip();
        if (id.isEmpty()) {
            return null;
        }
        try {
            ZoneId zone = ZoneId.of(id);
            if (ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                return zone;
            }
        } catch (DateTimeException e) {
            // Said below, together with what is a zone for Java but not by name, such as +02:00.
        }
        throw new UserError("'" + Safe.text(id) + "' is no time zone; write a name such as Europe/Berlin");
    }

    static @Nullable String cadence(String typed, Newsletter newsletter) {
        String name = typed.strip();
        return name.isEmpty() ? null : newsletter.cadence(name).name();
    }

    /** @param typed names with {@code ;} between them */
    static @Nullable List<String> topics(String typed) {
        List<String> topics = new ArrayList<>();
        for (String part : typed.split(";", -1)) {
            String topic = part.strip();
            if (hasControls(topic) || topic.length() > TOPIC_CHARACTERS_MAX) {
                throw new UserError("a topic with a control character, or of more than " + TOPIC_CHARACTERS_MAX
                        + " characters; check that ';' separates topics");
            }
            if (!topic.isEmpty() && !topics.contains(topic)) {
                topics.add(topic);
            }
        }
        if (topics.size() > TOPICS_MAX) {
            throw new UserError("more than " + TOPICS_MAX + " topics; choose fewer");
        }
        return topics.isEmpty() ? null : topics;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
    }
}
