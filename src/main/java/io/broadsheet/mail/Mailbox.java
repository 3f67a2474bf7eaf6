package io.broadsheet.mail;

import io.broadsheet.error.UserError;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One mailbox: who, and the address that mail goes to (RFC 5322 §3.4).
 *
 * @param name plain text, not encoded; empty when there is none
 * @param address {@code local@domain}, at most 254 octets (RFC 5321 §4.5.3.1.3), ASCII; the local part as given, the domain lower-case with A-labels
 */
public record Mailbox(String name, String address) {
    /** RFC 5321 §4.5.3.1.1. */
    private static final int LOCAL_OCTETS_MAX = 64;

    /** RFC 5321 §4.5.3.1.3 allows a path 256 octets, two of which are the angle brackets. */
    private static final int ADDRESS_OCTETS_MAX = 254;

    /** Longer than any name people use; a header field must not become a page. */
    private static final int NAME_CHARACTERS_MAX = 200;

    private static final int TYPED_CHARACTERS_MAX = 2_000;

    private static final Pattern DOT_ATOM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|localhost");

    public Mailbox {
        if (!name.equals(OneLine.of(name))) {
            throw new IllegalArgumentException("a name in one line, without controls");
        }
        int at = address.indexOf('@');
        if (at < 1
                || at > LOCAL_OCTETS_MAX
                || address.length() > ADDRESS_OCTETS_MAX
                || !DOT_ATOM.matcher(address.substring(0, at)).matches()
                || !HOST.matcher(address.substring(at + 1)).matches()) {
            throw new IllegalArgumentException("not an address");
        }
    }

    /** A mailbox without a name. */
    public static Mailbox ofAddress(String address) {
        return new Mailbox("", parseAddress(address));
    }

    /**
     * Reads {@code Name <local@domain>}, {@code "Name, Inc." <local@domain>} or the bare address. One mailbox: no group, no route, no comment, no list.
     *
     * @throws UserError saying what is wrong and the mend, without a place: the caller knows it
     */
    public static Mailbox parse(String text) {
        refuseTooLong(text);
        refuseControls(text);
        String trimmed = text.strip();
        if (!trimmed.endsWith(">")) {
            return new Mailbox("", parseAddress(trimmed));
        }
        int open = trimmed.lastIndexOf('<');
        if (open < 0) {
            throw new UserError("an address ends with '>' but has no '<'; write 'Name <local@domain>'");
        }
        String name = parseName(trimmed.substring(0, open).strip());
        return new Mailbox(name, parseAddress(trimmed.substring(open + 1, trimmed.length() - 1)));
    }

    /** What follows the {@code @}: lower-case ASCII. */
    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    private static String parseName(String text) {
        String name = text;
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            name = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
        } else if (text.matches(".*[<>@\",;:\\\\()\\[\\]].*")) {
            throw new UserError("a name with one of < > @ \" , ; : \\ ( ) [ ] in it; put the name in double quotes");
        }
        if (name.length() > NAME_CHARACTERS_MAX) {
            throw new UserError("a name of more than " + NAME_CHARACTERS_MAX + " characters; shorten it");
        }
        return OneLine.of(name);
    }

    private static String parseAddress(String text) {
        refuseTooLong(text);
        refuseControls(text);
        String trimmed = text.strip();
        int at = trimmed.lastIndexOf('@');
        if (at < 1 || at == trimmed.length() - 1) {
            throw new UserError("an address without local part, '@' or domain; write 'local@domain'");
        }
        String local = trimmed.substring(0, at);
        if (!local.chars().allMatch(c -> c < 0x80)) {
            throw new UserError(
                    "an address with a non-ASCII local part; most mail servers refuse those (RFC 6531), use an ASCII one");
        }
        if (!DOT_ATOM.matcher(local).matches()) {
            throw new UserError(
                    "an address whose local part has a space, a quote, a misplaced dot or a reserved character; check the part before '@'");
        }
        if (local.length() > LOCAL_OCTETS_MAX) {
            throw new UserError("an address with a local part of more than " + LOCAL_OCTETS_MAX
                    + " octets; check the part before '@'");
        }
        String domain = parseDomain(trimmed.substring(at + 1));
        String address = local + "@" + domain;
        if (address.length() > ADDRESS_OCTETS_MAX) {
            throw new UserError("an address of more than " + ADDRESS_OCTETS_MAX + " octets; check it");
        }
        return address;
    }

    private static String parseDomain(String text) {
        String ascii;
        try {
            // The JDK knows IDNA 2003; it differs from 2008 for ß, ς and joiners alone, which registries bundle or
            // block.
            ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new UserError("an address whose domain is not a host name; check the part after '@'");
        }
        if (!HOST.matcher(ascii).matches()) {
            throw new UserError("an address whose domain is not a host name with a dot; check the part after '@'");
        }
        return ascii;
    }

    /** Before any pattern is tried on it: strangers type into our forms. */
    private static void refuseTooLong(String text) {
        if (text.length() > TYPED_CHARACTERS_MAX) {
            throw new UserError("an address of more than " + ADDRESS_OCTETS_MAX + " octets; check it");
        }
    }

    private static void refuseControls(String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new UserError("an address with a line break or another control character; write it in one line");
        }
    }
}
