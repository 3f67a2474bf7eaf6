package io.broadsheet.dkim;

import java.util.ArrayList;
import java.util.List;

/**
 * The DNS record of a key (RFC 6376 §3.6.1).
 *
 * @param name without the final dot, such as {@code b202611-rsa._domainkey.example.org}
 * @param text its whole value, such as {@code v=DKIM1; k=rsa; p=…}
 */
public record DkimRecord(String name, String text) {
    /** RFC 1035 §3.3: one string of a TXT record. */
    private static final int STRING_OCTETS_MAX = 255;

    /** The value in the strings that a TXT record may hold, each at most 255 octets. */
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        for (int from = 0; from < text.length(); from += STRING_OCTETS_MAX) {
            strings.add(text.substring(from, Math.min(text.length(), from + STRING_OCTETS_MAX)));
        }
        return strings;
    }

    /** As a zone file has it (RFC 1035 §5.1), one line for each string. */
    public List<String> zoneLines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ". IN TXT (");
        strings().forEach(string -> lines.add("    \"" + string + "\""));
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " )");
        return lines;
    }
}
