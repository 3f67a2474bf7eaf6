package io.broadsheet.dkim;

import java.util.Arrays;

/** Octets that grow, in a buffer that is kept for the next message. Used by one thread. */
final class Octets {
    private static final int FIRST = 4 * 1024;

    private byte[] buffer = new byte[FIRST];
    private int length;

    Octets clear() {
        length = 0;
        return this;
    }

    Octets octet(int octet) {
        ensure(1);
        buffer[length++] = (byte) octet;
        return this;
    }

    Octets ascii(CharSequence text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    Octets bytes(byte[] bytes, int from, int to) {
        ensure(to - from);
        System.arraycopy(bytes, from, buffer, length, to - from);
        length += to - from;
        return this;
    }

    /** The buffer itself, of which {@link #length()} octets count. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    void length(int shorter) {
        length = shorter;
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
