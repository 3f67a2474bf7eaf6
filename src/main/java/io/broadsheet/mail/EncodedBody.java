package io.broadsheet.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A multipart/alternative body (RFC 2046 §5.1.4: plainest first), encoded once for all recipients of a variant; each recipient's values are
 * spliced in. Lines are at most 76 octets, end with CRLF, and none begins with a dot. Safe for several threads, because it is never changed.
 */
public final class EncodedBody {
    private final EncodedPart text;
    private final EncodedPart html;
    private final String boundary;

    private EncodedBody(EncodedPart text, EncodedPart html, String boundary) {
        this.text = text;
        this.html = html;
        this.boundary = boundary;
    }

    /**
     * @param text the plain text, lines ended by LF
     * @param html the HTML document
     */
    public static EncodedBody of(Holed text, Holed html) {
        return new EncodedBody(
                new EncodedPart("text/plain", text), new EncodedPart("text/html", html), boundary(text, html));
    }

    /**
     * The bytes from {@code MIME-Version} to the end, in pieces; pieces that all recipients share are the same arrays each time and must not be changed.
     *
     * @param textValues what fills the text's holes, by index
     * @param htmlValues what fills the HTML's holes, by index, escaped
     */
    public List<byte[]> fill(List<String> textValues, List<String> htmlValues) {
        List<byte[]> segments = new ArrayList<>();
        segments.add(ascii("MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary
                + "\"\r\n\r\n--" + boundary + "\r\n" + text.headers()));
        text.addTo(segments, textValues);
        segments.add(ascii("\r\n--" + boundary + "\r\n" + html.headers()));
        html.addTo(segments, htmlValues);
        segments.add(ascii("\r\n--" + boundary + "--\r\n"));
        return segments;
    }

    /** The same for the same texts; can't occur in a part, as neither encoding ever has {@code =_}. */
    private static String boundary(Holed text, Holed html) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            text.fixed().forEach(piece -> digest.update(piece.getBytes(StandardCharsets.UTF_8)));
            html.fixed().forEach(piece -> digest.update(piece.getBytes(StandardCharsets.UTF_8)));
            return "=_" + HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
