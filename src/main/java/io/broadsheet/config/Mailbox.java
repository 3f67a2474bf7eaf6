package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.net.IDN;
import java.util.regex.Pattern;

/**
 * Who mail is from, or where answers go: {@code Example Newsroom <news@example.org>}.
 *
 * @param name display name without quotes, empty when there is none
 * @param address {@code local@domain}, at most 254 characters; the domain is lower-case ASCII (IDNA)
 */
public record Mailbox(String name, String address) {
    private static final int ADDRESS_MAX = 254; // RFC 5321 §4.5.3.1.3, less the angle brackets
    private static final int LOCAL_PART_MAX = 64; // RFC 5321 §4.5.3.1.1
    /** Dot-atoms only (RFC 5322 §3.2.3, letters of any script by RFC 6531): quoted local parts are legal, and nobody has one. */
    private static final Pattern LOCAL_PART =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws UserError when the text is not one mailbox */
    public static Mailbox of(String text) {
        String trimmed = text.strip();
        if (trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new UserError("a mailbox is one line without control characters");
        }
        int open = trimmed.lastIndexOf('<');
        if (open < 0) {
            return new Mailbox("", address(trimmed, text));
        }
        if (!trimmed.endsWith(">")) {
            throw notAMailbox(text);
        }
        String address = trimmed.substring(open + 1, trimmed.length() - 1);
        return new Mailbox(unquoted(trimmed.substring(0, open).strip()), address(address.strip(), text));
    }

    /** The part after the at sign. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }

    private static String address(String address, String text) {
        int at = address.lastIndexOf('@');
        if (at < 1
                || at > LOCAL_PART_MAX
                || !LOCAL_PART.matcher(address.substring(0, at)).matches()) {
            throw notAMailbox(text);
        }
        String whole = address.substring(0, at) + "@" + domain(address.substring(at + 1), text);
        if (whole.length() > ADDRESS_MAX) {
            throw new UserError("the address is longer than " + ADDRESS_MAX + " characters");
        }
        return whole;
    }

    private static String domain(String domain, String text) {
        String ascii;
        try {
            ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(java.util.Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw notAMailbox(text);
        }
        for (String label : ascii.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw notAMailbox(text);
            }
        }
        return ascii;
    }

    private static UserError notAMailbox(String text) {
        return new UserError(
                "'" + text + "' is not a mailbox; write news@example.org or Example News <news@example.org>");
    }

    /** As it was meant, for people; mail code builds headers from the parts. */
    @Override
    public String toString() {
        return name.isEmpty() ? address : name + " <" + address + ">";
    }
}
