package io.broadsheet.feedback.listener;

import io.broadsheet.time.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Reads lines that end in CR LF and in nothing else (RFC 5321 §2.3.8), within a time for the whole of each. Used by one thread. */
final class Lines {
    private static final int BUFFER_OCTETS = 8 * 1024;
    /** A line that is longer than this is no mistake. */
    private static final int ENDLESS_OCTETS = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int end;
    private Stopwatch watch = Stopwatch.start();
    private Duration limit = Duration.ZERO;

    Lines(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** From now on, all that is read must come within this time, whatever the pace: a slow drip holds nothing for long. */
    void within(Duration limit) {
        this.watch = Stopwatch.start();
        this.limit = limit;
    }

    /** Whether the client sent more than was read. */
    boolean isAhead() {
        return at < end;
    }

    /**
     * The next line.
     *
     * @throws SocketTimeoutException when it doesn't come in time
     */
    Line next(int octetsMax) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (long octets = 0; ; octets++) {
            int octet = read();
            if (octet < 0) {
                return Line.GONE;
            }
            if (octet == '\n') {
                return Line.STRAY;
            }
            if (octet == '\r') {
                int after = read();
                if (after != '\n') {
                    return after < 0 ? Line.GONE : Line.STRAY;
                }
                return octets > octetsMax ? Line.LONG : new Line(Line.Kind.TEXT, line.toByteArray());
            }
            if (octets >= ENDLESS_OCTETS) {
                return Line.ENDLESS;
            }
            if (octets < octetsMax) {
                line.write(octet);
            }
        }
    }

    private int read() throws IOException {
        if (at == end) {
            Duration left = limit.minus(watch.elapsed());
            if (left.toMillis() < 1) {
                throw new SocketTimeoutException("not within " + limit.toSeconds() + " s");
            }
            socket.setSoTimeout((int) left.toMillis());
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xff;
    }
}
