package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes a message as DATA wants it: a dot that begins a line is doubled (RFC 5321 §4.5.2), in one write. Looks at eight octets at a time, since looking
 * at each would be the dearest part of sending a message. Used by one thread; keeps its buffer.
 */
final class Stuffed {
    /** What ends the message. */
    static final byte[] DOT = {'.', '\r', '\n'};

    private static final int BYTES_FIRST = 64 * 1024;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long LINE_FEEDS = '\n' * ONES;
    private static final long HIGH_BITS = 0x8080808080808080L;

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
        boolean atLineStart = length == 0 || buffer[length - 1] == '\n';
        int from = 0;
        int line = atLineStart ? 0 : afterLineFeed(segment, 0);
        while (line < segment.length) {
            if (segment[line] == '.') {
                copy(segment, from, line);
                copy(DOT, 0, 1);
                from = line;
            }
            line = afterLineFeed(segment, line);
        }
        copy(segment, from, segment.length);
    }

    /** Where the next line begins; the segment's length when none does. */
    private static int afterLineFeed(byte[] segment, int from) {
        int at = from;
        while (at + Long.BYTES <= segment.length) {
            long differing = (long) EIGHT.get(segment, at) ^ LINE_FEEDS;
            // The lowest octet that is zero is found rightly, whatever stands above it.
            long zeros = (differing - ONES) & ~differing & HIGH_BITS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE + 1;
            }
            at += Long.BYTES;
        }
        while (at < segment.length && segment[at] != '\n') {
            at++;
        }
        return Math.min(segment.length, at + 1);
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
