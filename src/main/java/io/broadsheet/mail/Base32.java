package io.broadsheet.mail;

import java.util.Optional;

/** Bytes as lower-case letters and digits (RFC 4648 §6, without padding), for the local part of an address: mail servers change its case at will. */
public final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    private Base32() {}

    public static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte one : bytes) {
            buffer = (buffer << Byte.SIZE) | (one & 0xff);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt((buffer >>> held) & 31));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS - held)) & 31));
        }
        return text.toString();
    }

    /** Empty unless the text is base32, in any case; bits beyond the last whole byte don't count. */
    public static Optional<byte[]> read(String text) {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int buffer = 0;
        int held = 0;
        int at = 0;
        for (int place = 0; place < text.length(); place++) {
            char c = text.charAt(place);
            int value = ALPHABET.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            if (value < 0) {
                return Optional.empty();
            }
            buffer = (buffer << BITS) | value;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[at++] = (byte) (buffer >>> held);
                buffer &= (1 << held) - 1;
            }
        }
        return Optional.of(bytes);
    }
}
