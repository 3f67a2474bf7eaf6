package io.broadsheet.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One header field, folded and ASCII.
 *
 * @param name such as {@code List-Id}
 * @param tokens what the value consists of; it may be folded between two tokens and nowhere else
 */
public record Header(String name, List<String> tokens) {
    /** RFC 5322 §2.1.1: lines should not be longer, without the CRLF; 76 where encoded-words stand (RFC 2047 §2). */
    static final int LINE_MAX = 76;

    /** RFC 5322 §2.1.1: lines must not be longer, without the CRLF. */
    private static final int LINE_HARD_MAX = 998;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,60}");
    private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*");

    public Header {
        tokens = List.copyOf(tokens);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a field name");
        }
        for (String token : tokens) {
            if (token.isEmpty() || token.length() > LINE_HARD_MAX - 2 || !isPrintable(token)) {
                throw new IllegalArgumentException(
                        "field " + name + ": a token that is empty, too long or not printable ASCII");
            }
        }
    }

    /** A loop, since a stream for each word of each message is a good part of what a message costs. */
    private static boolean isPrintable(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= 0x20 || token.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** A field of words that stand as they are, such as {@code Precedence: bulk}; split at spaces. */
    public static Header of(String name, String value) {
        return new Header(name, words(value));
    }

    /** A field of human text, such as {@code Subject}; line breaks and controls are taken out, runs of spaces become one. */
    public static Header text(String name, String text) {
        String line = singleSpaced(text);
        int taken = name.length() + 2;
        return new Header(name, EncodedWords.needed(line, taken) ? EncodedWords.of(line, taken) : words(line));
    }

    /** A field of one mailbox, such as {@code From} (RFC 5322 §3.4): the name encoded or quoted as it needs. */
    public static Header mailbox(String name, Mailbox mailbox) {
        return mailbox.name().isEmpty()
                ? new Header(name, List.of(mailbox.address()))
                : phrase(name, mailbox.name(), mailbox.address());
    }

    /** A field of a phrase and something in angle brackets, such as {@code List-Id}. */
    static Header phrase(String field, String phrase, String bracketed) {
        String line = singleSpaced(phrase);
        // Folding is allowed at the spaces of a quoted string too (RFC 5322 §3.2.4).
        String plain = ATOMS.matcher(line).matches() ? line : "\"" + line.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
        int taken = field.length() + 2;
        List<String> tokens = new ArrayList<>(
                // Quoting makes a word longer, so that it may no longer fit a line.
                EncodedWords.needed(line, taken) || EncodedWords.needed(plain, taken)
                        ? EncodedWords.of(line, taken)
                        : words(plain));
        tokens.add("<" + bracketed + ">");
        return new Header(field, tokens);
    }

    /** The whole field with its CRLF. */
    String field() {
        StringBuilder field = new StringBuilder(name).append(':');
        int column = field.length();
        for (String token : tokens) {
            // Never before the first token: a line of blanks alone is obsolete syntax (RFC 5322 §3.2.2).
            if (column + 1 + token.length() > LINE_MAX && column > name.length() + 1) {
                field.append("\r\n");
                column = 0;
            }
            field.append(' ').append(token);
            column += 1 + token.length();
        }
        return field.append("\r\n").toString();
    }

    private static String singleSpaced(String text) {
        String line = OneLine.of(text);
        return line.contains("  ") ? line.replaceAll(" {2,}", " ") : line;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= line.length(); at++) {
            if (at == line.length() || line.charAt(at) == ' ') {
                if (at > from) {
                    words.add(line.substring(from, at));
                }
                from = at + 1;
            }
        }
        return words;
    }
}
