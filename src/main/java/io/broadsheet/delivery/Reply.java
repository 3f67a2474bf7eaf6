package io.broadsheet.delivery;

import io.broadsheet.log.Safe;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the mail server answered (RFC 5321 §4.2).
 *
 * @param code three digits
 * @param enhanced class.subject.detail (RFC 3463); absent when the server gives none
 * @param text the rest, in one line
 * @param phase which command it answered
 */
record Reply(int code, @Nullable String enhanced, String text, Phase phase) {
    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+(.*))?", Pattern.DOTALL);

    private static final Pattern CODES = Pattern.compile("(?m)^\\d{3}[ -]?");
    private static final Pattern OF_THE_MAILBOX = Pattern.compile("5\\.7\\.1[78]");
    private static final Pattern GREYLISTED = Pattern.compile("(?i)gr[ea]y-?list");
    private static final Pattern TOO_MUCH = Pattern.compile(
            "(?i)\\[TS+\\d\\d|rate.?limit|too (many|much)|throttl|unusual rate|exceeded .{0,40}(rate|limit)");

    /** RFC 5321 §3.8: the server closes the connection after it. */
    private static final int CLOSING = 421;

    /** Which part of sending one message a reply belongs to. */
    enum Phase {
        MAIL,
        RCPT,
        DATA,
        DOT
    }

    /** @param lines the reply as it came, each line with its code */
    static Reply of(int code, String lines, Phase phase) {
        String text = Safe.text(withoutCodes(lines).strip());
        if (text.isEmpty() || text.charAt(0) < '2' || text.charAt(0) > '5') {
            return new Reply(code, null, text, phase);
        }
        Matcher enhanced = ENHANCED.matcher(text);
        if (!enhanced.matches()) {
            return new Reply(code, null, text, phase);
        }
        String rest = enhanced.group(2);
        return new Reply(code, enhanced.group(1), rest == null ? "" : rest, phase);
    }

    /** Most replies are of one line, and there are four a message. */
    private static String withoutCodes(String lines) {
        boolean one = lines.length() > 3 && lines.indexOf('\n') < 0 && lines.indexOf('\r') < 0;
        if (one && isDigit(lines, 0) && isDigit(lines, 1) && isDigit(lines, 2)) {
            char separator = lines.charAt(3);
            return lines.substring(separator == ' ' || separator == '-' ? 4 : 3);
        }
        return CODES.matcher(lines).replaceAll("");
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    boolean isAccepted() {
        return code >= 200 && code < 300;
    }

    boolean isTransient() {
        return code >= 400 && code < 500;
    }

    boolean isPermanent() {
        return code >= 500;
    }

    /**
     * Whether it says that we, not this reader, are not wanted: policy and reputation (RFC 3463 §3.8), but for a mailbox that changed hands (RFC
     * 7293).
     */
    boolean isNotWelcome() {
        boolean policy = enhanced != null
                && enhanced.startsWith("5.7.")
                && !OF_THE_MAILBOX.matcher(enhanced).matches();
        return isPermanent() && (policy || code == 530 || code == 535);
    }

    /**
     * Whether it asks to be sent less, as Gmail (421 4.7.28), Yahoo (421 4.7.0 [TSS04]) and Microsoft (451 4.7.650) do. Greylisting does not: it is
     * about one message.
     */
    boolean isSlowDown() {
        if (!isTransient() || GREYLISTED.matcher(text).find()) {
            return false;
        }
        boolean policy = enhanced != null && enhanced.startsWith("4.7.");
        boolean numbered = policy && !"4.7.0".equals(enhanced) && !"4.7.1".equals(enhanced);
        return code == CLOSING && policy || numbered || TOO_MUCH.matcher(text).find();
    }

    boolean isClosing() {
        return code == CLOSING;
    }

    /** As it is kept with the delivery: {@code 550 5.1.1 no such user}. */
    String line() {
        return (code + " " + (enhanced == null ? "" : enhanced + " ") + text).strip();
    }
}
