package io.broadsheet.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The header of one message: which of its fields are signed, in which order, and what of each is hashed. */
final class Fields {
    /** What a reader or a mailbox provider acts upon (RFC 6376 §5.4.1, RFC 8058 §4); every {@code List-} field besides. */
    private static final Set<String> SIGNED = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "feedback-id");
    /** Signed once more than they occur, so that another one, which many programs would show instead, breaks the signature (RFC 6376 §8.15). */
    private static final List<String> ONLY_ONCE = List.of("from", "to", "subject", "date");

    private record Field(String name, String lower, int colon, int end) {}

    private final byte[] head;
    private final int length;
    private final List<Field> fields = new ArrayList<>();

    /** @param length octets of the header in {@code head}, with the last field's CRLF */
    Fields(byte[] head, int length) {
        this.head = head;
        this.length = length;
        for (int from = 0; from < length; ) {
            int end = endOfField(from);
            int colon = from;
            while (colon < end && head[colon] != ':') {
                colon++;
            }
            String name = new String(head, from, colon - from, StandardCharsets.US_ASCII).strip();
            fields.add(new Field(name, name.toLowerCase(Locale.ROOT), colon, end));
            from = end;
        }
    }

    /** Behind the CRLF that no blank follows. */
    private int endOfField(int from) {
        for (int at = from; at + 1 < length; at++) {
            boolean lineEnd = head[at] == '\r' && head[at + 1] == '\n';
            if (lineEnd && (at + 2 == length || (head[at + 2] != ' ' && head[at + 2] != '\t'))) {
                return at + 2;
            }
        }
        return length;
    }

    /** The domain of the first address in From, lower-case; empty when there is none. */
    String fromDomain() {
        for (Field field : fields) {
            if (field.lower().equals("from")) {
                String value =
                        new String(head, field.colon() + 1, field.end() - field.colon() - 1, StandardCharsets.UTF_8);
                int at = value.lastIndexOf('@');
                return at < 0
                        ? ""
                        : value.substring(at + 1)
                                .replaceFirst("(?s)[>\\s].*", "")
                                .toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** The names for {@code h=}; of a name that occurs twice the last field is hashed first (RFC 6376 §5.4.2). */
    List<String> signed() {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            if (SIGNED.contains(field.lower()) || field.lower().startsWith("list-")) {
                names.add(field.name());
            }
        }
        for (String once : ONLY_ONCE) {
            int first = 0;
            while (first < names.size() && !names.get(first).equalsIgnoreCase(once)) {
                first++;
            }
            names.add(first, first < names.size() ? names.get(first) : once);
        }
        return names;
    }

    /** What is hashed of the named fields, in their order (RFC 6376 §3.4.2); a name with no field left adds nothing. */
    void relaxed(List<String> names, Octets out) {
        boolean[] used = new boolean[fields.size()];
        for (String name : names) {
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (!used[i] && fields.get(i).name().equalsIgnoreCase(name)) {
                    used[i] = true;
                    relaxed(fields.get(i), out);
                    break;
                }
            }
        }
    }

    private void relaxed(Field field, Octets out) {
        out.ascii(field.lower()).octet(':');
        boolean blank = false;
        boolean begun = false;
        for (int at = field.colon() + 1; at < field.end(); at++) {
            byte octet = head[at];
            if (octet == ' ' || octet == '\t') {
                blank = true;
            } else if (octet != '\r' && octet != '\n') {
                if (blank && begun) {
                    out.octet(' ');
                }
                out.octet(octet);
                blank = false;
                begun = true;
            }
        }
        out.octet('\r').octet('\n');
    }
}
