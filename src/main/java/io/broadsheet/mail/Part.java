package io.broadsheet.mail;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail or a part of one (RFC 2045, RFC 2046), as far as a report or a release needs it. A stranger made it: nothing is deeper than {@link #DEPTH_MAX} or in more
 * than {@link #PARTS_MAX} parts, and {@link #text} is no longer than {@link #TEXT_MAX}; the rest isn't looked at, and each byte is passed over a few times at most.
 *
 * @param type such as {@code message/delivery-status}, in lower case, without parameters
 * @param body as it came, one character an octet, lines ending with LF
 * @param parts of a multipart, or the one message within a message; empty otherwise
 */
public record Part(Fields fields, String type, String body, List<Part> parts) {
    /** A report is two levels deep, forwarded three or four. */
    private static final int DEPTH_MAX = 6;

    /** A report has three; Exchange adds a few. */
    private static final int PARTS_MAX = 30;

    /** Of one decoded part. */
    private static final int TEXT_MAX = 64 * 1024;

    /** Of one decoded message within a message. */
    private static final int MESSAGE_MAX = 2 * 1024 * 1024;

    private static final Pattern BOUNDARY =
            Pattern.compile("boundary\\s*=\\s*(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);

    public Part {
        parts = List.copyOf(parts);
    }

    /** Reads a whole mail. No bytes make it fail. */
    public static Part of(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        // An mbox line before the fields, and blank lines, are some doors' own.
        int from = 0;
        while (from < text.length() && text.charAt(from) == '\n') {
            from++;
        }
        return read(text.substring(from), DEPTH_MAX, new int[] {PARTS_MAX});
    }

    private static Part read(String text, int depth, int[] partsLeft) {
        Fields fields = Fields.at(text, 0);
        String contentType = fields.first("content-type").orElse("text/plain");
        String type = contentType.split("[;\\s]", 2)[0].strip().toLowerCase(Locale.ROOT);
        String body = text.substring(Math.min(fields.length(), text.length()));
        List<Part> parts = new ArrayList<>();
        if (depth > 0 && type.startsWith("multipart/")) {
            Matcher boundary = BOUNDARY.matcher(contentType);
            if (boundary.find()) {
                String mark = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
                for (String piece : pieces(body, "--" + mark, partsLeft)) {
                    parts.add(read(piece, depth - 1, partsLeft));
                }
            }
        } else if (depth > 0 && isMessage(type) && partsLeft[0]-- > 0) {
            // Some encode it all the same, which RFC 2046 §5.2.1 forbids.
            parts.add(read(decoded(fields, body, MESSAGE_MAX), depth - 1, partsLeft));
        }
        return new Part(fields, type, body, parts);
    }

    private static boolean isMessage(String type) {
        return switch (type) {
            case "message/rfc822",
                    "message/global",
                    "text/rfc822-headers",
                    "message/rfc822-headers",
                    "message/global-headers" -> true;
            default -> false;
        };
    }

    /** What stands between the lines that begin with the mark. */
    private static List<String> pieces(String body, String mark, int[] partsLeft) {
        List<String> pieces = new ArrayList<>();
        int at = lineWith(body, mark, 0);
        while (at >= 0 && partsLeft[0]-- > 0) {
            if (body.startsWith("--", at + mark.length())) {
                break;
            }
            int begin = body.indexOf('\n', at);
            if (begin < 0) {
                break;
            }
            int end = lineWith(body, mark, begin + 1);
            pieces.add(body.substring(begin + 1, end < 0 ? body.length() : end));
            at = end;
        }
        return pieces;
    }

    private static int lineWith(String body, String mark, int from) {
        int at = body.indexOf(mark, from);
        while (at > 0 && body.charAt(at - 1) != '\n') {
            at = body.indexOf(mark, at + 1);
        }
        return at;
    }

    /** All parts of this one and those within, itself first, in their order. */
    public List<Part> all() {
        List<Part> all = new ArrayList<>();
        Deque<Part> waiting = new ArrayDeque<>(List.of(this));
        while (!waiting.isEmpty()) {
            Part next = waiting.pop();
            all.add(next);
            for (int at = next.parts.size() - 1; at >= 0; at--) {
                waiting.push(next.parts.get(at));
            }
        }
        return all;
    }

    /** The first part of one of these types. */
    public Optional<Part> find(String... types) {
        List<String> wanted = List.of(types);
        return all().stream().filter(part -> wanted.contains(part.type)).findFirst();
    }

    /** Its text, decoded. What is no text in the end is read as well as it goes. */
    public String text() {
        String octets = decoded(fields, body, TEXT_MAX);
        Matcher named = CHARSET.matcher(fields.first("content-type").orElse(""));
        Charset charset = named.find() ? charset(named.group(1)) : StandardCharsets.UTF_8;
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    /** Its octets, decoded, lines ending with LF: the first of them, where there are more. */
    public byte[] octets(int most) {
        return decoded(fields, body, most).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A header of its own for people, decoded (RFC 2047); empty where there is none. */
    public String words(String name) {
        return words(fields.first(name));
    }

    /** Words of a header for people, decoded (RFC 2047, RFC 6532); empty where there are none. */
    public static String words(Optional<String> field) {
        String value = utf8(field.orElse(""));
        try {
            return MimeUtility.decodeText(value);
        } catch (java.io.UnsupportedEncodingException e) {
            // A charset nobody knows: as it came, it still tells something.
            return value;
        }
    }

    /** Octets over ASCII are UTF-8 (RFC 6532), or else what was usual before it. */
    private static String utf8(String octets) {
        if (octets.chars().anyMatch(c -> c > 0xff)) {
            return octets;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return octets;
        }
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String decoded(Fields fields, String body, int most) {
        String encoding =
                fields.first("content-transfer-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        String bounded = body.length() / 2 > most ? body.substring(0, 2 * most) : body;
        String decoded = switch (encoding) {
            case "base64" -> fromBase64(bounded);
            case "quoted-printable" -> fromQuotedPrintable(bounded, most);
            default -> bounded;
        };
        String lines = decoded.replace("\r\n", "\n");
        return lines.length() > most ? lines.substring(0, most) : lines;
    }

    private static String fromBase64(String body) {
        String letters = body.replaceAll("[^A-Za-z0-9+/]", "");
        int whole = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
        return new String(Base64.getDecoder().decode(letters.substring(0, whole)), StandardCharsets.ISO_8859_1);
    }

    private static String fromQuotedPrintable(String body, int most) {
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream in = MimeUtility.decode(new ByteArrayInputStream(octets), "quoted-printable")) {
            return new String(in.readNBytes(most), StandardCharsets.ISO_8859_1);
        } catch (IOException | jakarta.mail.MessagingException e) {
            // Not encoded as it says: as it came, it may still be read.
            return body;
        }
    }
}
