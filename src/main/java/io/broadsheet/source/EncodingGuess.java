package io.broadsheet.source;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** What encoding bytes look like that nobody declared. Safe for several threads, because it keeps nothing. */
final class EncodingGuess {
    /** With fewer letters outside ASCII, any guess is a throw of the dice. */
    private static final int SIGNS_MIN = 6;

    /** Frequencies are clear long before. */
    private static final int BYTES_MAX = 100_000;

    private static final Pattern OLD = Pattern.compile("IBM|x-Mac|x-IBM");

    private EncodingGuess() {}

    /** @return null where they tell nothing, or are UTF-8 in their greater part and only damaged */
    static @Nullable Charset of(byte[] bytes) {
        int length = Math.min(bytes.length, BYTES_MAX);
        int signs = 0;
        int sequences = 0;
        for (int at = 0; at < length; at++) {
            int wide = utf8Length(bytes, at);
            if (bytes[at] < 0) {
                signs++;
            }
            if (wide > 1) {
                sequences += wide;
                signs += wide - 1;
                at += wide - 1;
            }
        }
        if (signs < SIGNS_MIN || sequences * 2 > signs) {
            return null;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes, 0, length);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        Charset charset = name == null ? null : Charsets.named(name.toLowerCase(Locale.ROOT));
        return charset == null
                        || Charsets.isWideOrEbcdic(charset)
                        || charset.equals(Charsets.WINDOWS_1252)
                        || OLD.matcher(charset.name()).lookingAt()
                ? null
                : charset;
    }

    /** How many bytes a well-formed character of UTF-8 (RFC 3629 §4) has that begins here; 0 where none does. */
    private static int utf8Length(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0x80
                ? 1
                : first >= 0xC2 && first < 0xE0
                        ? 2
                        : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        for (int next = 1; next < length; next++) {
            if (at + next >= bytes.length || (bytes[at + next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
