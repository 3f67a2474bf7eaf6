package io.broadsheet.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One text of a body, encoded as far as all recipients share it. Quoted-printable is spliced; base64, the shorter one for text that is mostly not
 * ASCII, is encoded for each recipient, because a value of another length shifts all that follows it.
 */
final class EncodedPart {
    private final String type;
    private final Holed text;
    private final boolean base64;
    private final List<byte[]> fixed = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();

    /** @param type such as {@code text/html} */
    EncodedPart(String type, Holed text) {
        this.type = type;
        this.text = text;
        this.base64 = isShorterInBase64(text);
        if (base64) {
            return;
        }
        for (String piece : text.fixed()) {
            // After a hole the line ends softly, so that each piece begins at a column that no value can shift.
            QuotedPrintable encoder = new QuotedPrintable(0).write(piece);
            fixed.add(encoder.bytes());
            columns.add(encoder.column());
        }
    }

    /** The part's own header fields with the empty line after them. */
    String headers() {
        return "Content-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: "
                + (base64 ? "base64" : "quoted-printable") + "\r\n\r\n";
    }

    /** @param values what fills the holes, by index; already escaped as the part's type needs */
    void addTo(List<byte[]> segments, List<String> values) {
        if (base64) {
            byte[] bytes = text.fill(values)
                    .replace("\r\n", "\n")
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            segments.add(Base64.getMimeEncoder().encode(bytes));
            return;
        }
        segments.add(fixed.get(0));
        for (int i = 0; i < text.holes().size(); i++) {
            String value = values.get(text.holes().get(i));
            segments.add(
                    new QuotedPrintable(columns.get(i)).write(value).softBreak().bytes());
            segments.add(fixed.get(i + 1));
        }
    }

    private static boolean isShorterInBase64(Holed text) {
        long octets = 0;
        long plain = 0;
        for (String piece : text.fixed()) {
            octets += piece.getBytes(StandardCharsets.UTF_8).length;
            plain += piece.chars().filter(c -> c < 0x80).count();
        }
        return plain + 3 * (octets - plain) > octets * 4 / 3 + 3;
    }
}
