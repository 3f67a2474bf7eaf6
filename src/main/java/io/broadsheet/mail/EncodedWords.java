package io.broadsheet.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Non-ASCII text in header fields (RFC 2047). Ours, because Jakarta Mail leaves ASCII text that looks like an encoded-word as it is. */
final class EncodedWords {
    private static final int WORD_MAX = 75;
    private static final int FIRST_WORD_MIN = 30;
    private static final String SAFE_IN_PHRASES = "!*+-/";

    private EncodedWords() {}

    /**
     * Whether the text can't stand as it is.
     *
     * @param columnsTaken what stands on the line before its first word, which can't be folded away from there
     */
    static boolean needed(String line, int columnsTaken) {
        int word = 0;
        int room = WORD_MAX - columnsTaken;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            room = c == ' ' ? WORD_MAX : room;
            if (c < 0x20 || c >= 0x7f || word > room) {
                return true;
            }
        }
        return line.contains("=?");
    }

    /** Encoded-words of at most 75 characters, each of whole characters; the first leaves room for what stands before it on the line. */
    static List<String> of(String line, int columnsTaken) {
        boolean base64 = line.codePoints().filter(c -> c >= 0x80).count() * 3 > line.codePointCount(0, line.length());
        String open = base64 ? "=?utf-8?B?" : "=?utf-8?Q?";
        List<String> words = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int room = Math.max(FIRST_WORD_MIN, WORD_MAX - columnsTaken) - open.length() - 2;
        for (int i = 0; i < line.length(); ) {
            String character = line.substring(i, line.offsetByCodePoints(i, 1));
            if (piece.length() > 0 && encode(piece + character, base64).length() > room) {
                words.add(open + encode(piece.toString(), base64) + "?=");
                piece.setLength(0);
                room = WORD_MAX - open.length() - 2;
            }
            piece.append(character);
            i += character.length();
        }
        words.add(open + encode(piece.toString(), base64) + "?=");
        return words;
    }

    private static String encode(String text, boolean base64) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (base64) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (c == ' ') {
                out.append('_');
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || SAFE_IN_PHRASES.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "=%02X", (int) c));
            }
        }
        return out.toString();
    }
}
