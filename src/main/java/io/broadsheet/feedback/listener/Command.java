package io.broadsheet.feedback.listener;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One command line.
 *
 * @param verb in upper case
 * @param rest behind it, without blanks at its ends
 */
record Command(String verb, String rest) {
    /** {@code FROM:<a@b> PARAM=value}; a blank after the colon is a common mistake, and harmless. */
    private static final Pattern PATH = Pattern.compile("(?i)(FROM|TO): ?<([^<>\\s\\p{Cntrl}]*)>((?: +\\S+)*)");

    /** A route before the mailbox, to be ignored (RFC 5321 §4.1.1.3). */
    private static final Pattern ROUTE = Pattern.compile("^@[^:]+:");

    private static final int MAILBOX_OCTETS_MAX = 320; // 64 + @ + 255 (RFC 5321 §4.5.3.1)

    static Command of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int blank = text.indexOf(' ');
        return blank < 0
                ? new Command(text.strip().toUpperCase(Locale.ROOT), "")
                : new Command(
                        text.substring(0, blank).toUpperCase(Locale.ROOT),
                        text.substring(blank + 1).strip());
    }

    /** A mailbox and the parameters behind it, in upper case. */
    record Path(String mailbox, List<String> parameters) {}

    /** @param word {@code FROM} or {@code TO}; absent: there is none, or not of this form */
    @Nullable
    Path path(String word) {
        Matcher path = PATH.matcher(rest);
        if (!path.matches() || !path.group(1).equalsIgnoreCase(word)) {
            return null;
        }
        String mailbox = ROUTE.matcher(path.group(2)).replaceFirst("");
        if (mailbox.length() > MAILBOX_OCTETS_MAX || mailbox.indexOf('\uFFFD') >= 0) {
            return null;
        }
        return new Path(
                mailbox,
                Arrays.stream(path.group(3).strip().split(" +"))
                        .filter(parameter -> !parameter.isEmpty())
                        .map(parameter -> parameter.toUpperCase(Locale.ROOT))
                        .toList());
    }
}
