package io.broadsheet.config;

import io.broadsheet.config.Settings.Feedback;
import io.broadsheet.config.Settings.Suppress;
import io.broadsheet.error.UserError;
import java.time.Duration;

/** Reads what {@code mail} says of what comes back: {@code return-path}, {@code suppress} and {@code feedback}. */
final class FeedbackReader {
    /** A full mailbox is often emptied after a while; three in a month is nobody reading. */
    private static final Suppress SUPPRESS = new Suppress(3, Duration.ofDays(30));

    private static final int SOFT_MAX = 100;
    /** A local part has 64 octets (RFC 5321 §4.5.3.1.1), of which 52 are the token and one is the plus before it. */
    private static final int BOX_MAX = 11;

    private FeedbackReader() {}

    static Feedback read(YamlMap mail) {
        return mail.map(
                "feedback",
                map -> new Feedback(
                        mail.value("return-path", FeedbackReader::box).orElse(null),
                        mail.map("suppress", FeedbackReader::suppress),
                        map.value("unsubscribe-address", FeedbackReader::box).orElse(null),
                        FeedbackDoorsReader.read(map)));
    }

    private static Suppress suppress(YamlMap map) {
        return new Suppress(
                map.whole("soft", 1, SOFT_MAX).orElse(SUPPRESS.soft()),
                map.value("within", FeedbackReader::positive).orElse(SUPPRESS.within()));
    }

    /** A mailbox whose mail is told apart by what is put behind a plus. */
    private static String box(String text) {
        String address = Mailbox.of(text).address();
        String local = address.substring(0, address.lastIndexOf('@'));
        if (local.length() > BOX_MAX || !local.matches("[A-Za-z0-9._-]+")) {
            throw new UserError("'" + local + "@' leaves no room for '+' and a token of 52 characters; write at most "
                    + BOX_MAX + " letters, digits, dots and hyphens before '@'");
        }
        return address;
    }

    private static Duration positive(String text) {
        Duration within = Words.duration(text);
        if (within.isZero()) {
            throw new UserError("a span of time is at least 1s");
        }
        return within;
    }
}
