package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes a message as DATA wants it: a dot that begins a line is doubled (RFC 5321 §4.5.2), in one write. Used by one thread; keeps its buffer. */
final class Stuffed {
    /** What ends the message. */
    static final byte[] DOT = {'.', '\r', '\n'};

    private static final int BYTES_FIRST = 64 * 1024;

    private byte[] buffer = new byte[BYTES_FIRST];
    private int length;

    void write(OutgoingMessage message, OutputStream out) throws IOException {
        length = 0;
        for (byte[] segment : message.segments()) {
            add(segment);
        }
        if (length < 2 || buffer[length - 1] != '\n' || buffer[length - 2] != '\r') {
            add(new byte[] {'\r', '\n'});
        }
        out.write(buffer, 0, length);
        out.flush();
    }

    private void add(byte[] segment) {
        int from = 0;
        for (int at = 0; at < segment.length; at++) {
            if (segment[at] == '.' && beginsLine(segment, at)) {
                copy(segment, from, at);
                copy(DOT, 0, 1);
                from = at;
            }
        }
        copy(segment, from, segment.length);
    }

    private boolean beginsLine(byte[] segment, int at) {
        if (at > 0) {
            return segment[at - 1] == '\n';
        }
        return length == 0 || buffer[length - 1] == '\n';
    }

    private void copy(byte[] bytes, int from, int to) {
        int count = to - from;
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
        System.arraycopy(bytes, from, buffer, length, count);
        length += count;
    }
}
