package io.broadsheet.delivery;

import io.broadsheet.time.Stopwatch;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connection under one SMTP dialogue. What the other side says between two writes of ours is limited in time as a whole and in bytes, so that
 * neither a server that drips nor one that never ends holds a worker; that covers TLS too, which runs on top. Nagle's algorithm is off: it costs 40 ms
 * a message. Used by one thread, but for {@link #close}.
 */
final class Wire extends Socket {
    /** A reply is some hundred bytes, a chain of certificates some thousand. */
    static final int BYTES_MAX = 256 * 1024;

    private final Duration usual;
    private Duration allowed;
    private Stopwatch since = Stopwatch.start();
    private int left = BYTES_MAX;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    private Wire(Duration usual) {
        this.usual = usual;
        this.allowed = usual;
    }

    /** @param usual how long a reply may take, unless {@link #expect} says otherwise */
    static Wire to(InetAddress address, int port, Duration connect, Duration usual) throws IOException {
        Wire wire = new Wire(usual);
        try {
            wire.setTcpNoDelay(true);
            wire.connect(new InetSocketAddress(address, port), ms(connect));
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /** From now on, until the next write, a reply may take this long. */
    void expect(Duration time) {
        allowed = time;
        since = Stopwatch.start();
        left = BYTES_MAX;
    }

    static int ms(Duration time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream made = in;
        if (made == null) {
            made = new Limited(super.getInputStream());
            in = made;
        }
        return made;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream made = out;
        if (made == null) {
            made = new Restarting(super.getOutputStream());
            out = made;
        }
        return made;
    }

    private final class Limited extends FilterInputStream {
        private Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            Duration rest = allowed.minus(since.elapsed());
            if (rest.isNegative() || rest.isZero()) {
                throw new SocketTimeoutException("no reply within " + allowed.toMillis() + " ms");
            }
            setSoTimeout(ms(rest));
            int count;
            try {
                count = super.read(buffer, from, length);
            } catch (SocketTimeoutException e) {
                throw timeout(e);
            }
            left -= Math.max(0, count);
            if (left < 0) {
                throw new IOException("a reply of more than " + BYTES_MAX / 1024 + " KiB");
            }
            return count;
        }

        private SocketTimeoutException timeout(SocketTimeoutException cause) {
            SocketTimeoutException named = new SocketTimeoutException("no reply within " + allowed.toMillis() + " ms");
            named.addSuppressed(cause);
            return named;
        }
    }

    private final class Restarting extends FilterOutputStream {
        private Restarting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            out.write(buffer, from, length);
            expect(usual);
        }
    }
}
