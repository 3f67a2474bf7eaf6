package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text. The encoding is, in this order: byte order mark, HTTP charset, the document's own declaration, UTF-8 (RFC 7303 §3.2), what the
 * bytes look like; a claim that the bytes contradict is passed over, with a note.
 */
final class FeedText {
    /** What a body that is gzip within may unpack to; the fetcher's own limit for the same thing is as large. */
    private static final int UNPACKED_BYTES_MAX = 16 * 1024 * 1024;

    private static final int HEAD_BYTES = 1024;
    private static final Pattern HTTP_CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([^\\s;\"']+)");
    private static final Pattern DECLARED = Pattern.compile(
            "(?i)<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"']{1,40})|<meta[^>]{0,200}?charset\\s*=\\s*[\"']?([\\w.:-]{1,40})");

    private FeedText() {}

    /** @param contentType the whole header; absent when there is none */
    static String of(byte[] given, @Nullable String contentType, Notes notes) {
        byte[] bytes = unpacked(given, notes);
        String sure = byMark(bytes);
        if (sure != null) {
            return withoutC1(sure, notes);
        }
        String text = byFirstCharacter(bytes);
        if (text != null) {
            return text;
        }
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        String http = found(HTTP_CHARSET, contentType == null ? "" : contentType);
        text = decoded(bytes, http, "HTTP charset", notes);
        if (text == null) {
            text = decoded(bytes, found(DECLARED, head), "declared encoding", notes);
        }
        if (text == null) {
            text = strict(bytes, StandardCharsets.UTF_8);
        }
        return withoutC1(text == null ? guessed(bytes, notes) : text, notes);
    }

    /** Bytes that say nothing and are not UTF-8: what their frequencies tell, else the encoding of the West. */
    private static String guessed(byte[] bytes, Notes notes) {
        Charset guess = EncodingGuess.of(bytes);
        String text = guess == null ? null : strict(bytes, guess);
        if (guess != null && text != null) {
            notes.add("bytes that are not UTF-8 were read as " + guess.displayName(Locale.ROOT));
            return text;
        }
        notes.add("bytes that are not UTF-8 were read as Windows-1252");
        return mixed(bytes);
    }

    /** C1 controls have no business in a text (XML 1.0 §2.2 discourages them): they are Windows-1252's quotes and dashes that were never converted. */
    private static String withoutC1(String text, Notes notes) {
        int at = 0;
        while (at < text.length() && !isC1(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        notes.add("control characters were taken as the Windows-1252 signs they stand for");
        StringBuilder mended = new StringBuilder(text);
        for (; at < text.length(); at++) {
            if (isC1(text.charAt(at))) {
                String sign = new String(new byte[] {(byte) text.charAt(at)}, Charsets.WINDOWS_1252);
                mended.setCharAt(at, sign.charAt(0) == '\uFFFD' ? ' ' : sign.charAt(0));
            }
        }
        return mended.toString();
    }

    private static boolean isC1(char c) {
        return c >= 0x80 && c <= 0x9F;
    }

    private static byte[] unpacked(byte[] bytes, Notes notes) {
        if (bytes.length < 3 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
            return bytes;
        }
        notes.add("the body was gzip without saying so, and was unpacked");
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        byte[] chunk = new byte[16 * 1024];
        try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            for (int read = packed.read(chunk);
                    read >= 0 && unpacked.size() < UNPACKED_BYTES_MAX;
                    read = packed.read(chunk)) {
                unpacked.write(chunk, 0, read);
            }
        } catch (EOFException | ZipException e) {
            notes.add("the gzip body ends early; its beginning was used");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
        return unpacked.toByteArray();
    }

    private static @Nullable String byMark(byte[] bytes) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            String text = strict(bytes, StandardCharsets.UTF_8);
            return (text == null ? mixed(bytes) : text).substring(1);
        }
        if (starts(bytes, 0xFF, 0xFE, 0, 0)) {
            return new String(bytes, 4, bytes.length - 4, Charset.forName("UTF-32LE"));
        }
        if (starts(bytes, 0, 0, 0xFE, 0xFF)) {
            return new String(bytes, 4, bytes.length - 4, Charset.forName("UTF-32BE"));
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        return null;
    }

    /** Where the first {@code <} is not one byte, it says in what the rest is written (XML 1.0, appendix F.1); EBCDIC then declares which one. */
    private static @Nullable String byFirstCharacter(byte[] bytes) {
        if (starts(bytes, 0, 0, 0, '<')) {
            return new String(bytes, Charset.forName("UTF-32BE"));
        }
        if (starts(bytes, '<', 0, 0, 0)) {
            return new String(bytes, Charset.forName("UTF-32LE"));
        }
        if (bytes.length > 1 && bytes[0] == 0 && bytes[1] != 0) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (bytes.length > 1 && bytes[0] != 0 && bytes[1] == 0) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        if (!starts(bytes, 0x4C, 0x6F, 0xA7, 0x94)) {
            return null;
        }
        Charset usual = Charset.forName("IBM037");
        String name = found(DECLARED, new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), usual));
        Charset declared = name == null ? null : Charsets.named(name);
        boolean ebcdic = declared != null && Charsets.isWideOrEbcdic(declared);
        return new String(bytes, declared != null && ebcdic ? declared : usual).replace('\u0085', '\n');
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int at = 0; at < mark.length; at++) {
            if ((bytes[at] & 0xff) != mark[at]) {
                return false;
            }
        }
        return true;
    }

    /** The text in the named encoding, or null where there is no name, no such encoding, or the bytes are not in it. */
    private static @Nullable String decoded(byte[] bytes, @Nullable String name, String who, Notes notes) {
        if (name == null) {
            return null;
        }
        Charset charset = Charsets.named(name);
        if (charset == null) {
            notes.add("the " + who + " '" + Safe.text(name) + "' is unknown and was passed over");
            return null;
        }
        String utf8 = Charsets.isSingleByte(charset) ? strict(bytes, StandardCharsets.UTF_8) : null;
        if (utf8 != null) {
            if (utf8.chars().anyMatch(c -> c > 127)) {
                notes.add("the " + who + " says " + name + ", but the text is UTF-8");
            }
            return utf8;
        }
        String text = Charsets.isWideOrEbcdic(charset) ? null : strict(bytes, charset);
        if (text == null) {
            notes.add("the " + who + " says " + name + ", but the bytes are not in it");
        }
        return text;
    }

    /** Null where any byte is wrong; a character cut off at the very end is let go. */
    private static @Nullable String strict(byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (charset.equals(Charsets.WINDOWS_1252)) {
            // Five of its bytes are undefined; browsers let them be controls.
            decoder.onUnmappableCharacter(CodingErrorAction.REPLACE);
        }
        CharBuffer text = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        if (decoder.decode(ByteBuffer.wrap(bytes), text, false).isError()) {
            return null;
        }
        return text.flip().toString();
    }

    /** UTF-8 where it is, Windows-1252 byte by byte where it is not: pages put together from two sources need both. */
    private static String mixed(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        while (left.hasRemaining()) {
            decoder.reset().decode(left, text, true);
            if (left.hasRemaining()) {
                text.put(new String(bytes, left.position(), 1, Charsets.WINDOWS_1252));
                left.position(left.position() + 1);
            }
        }
        return text.flip().toString();
    }

    private static @Nullable String found(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            return null;
        }
        return found.group(1) != null || found.groupCount() < 2 ? found.group(1) : found.group(2);
    }
}
