package io.broadsheet.http;

import io.broadsheet.http.Fetched.Cut;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body, read up to a limit that holds twice: for what comes over the wire, and for what it unpacks to.
 *
 * @param cut why it ends early; absent when it is whole
 */
record Body(byte[] bytes, @Nullable Cut cut) {
    static final Body NONE = new Body(new byte[0], null);

    private static final int CHUNK_BYTES = 16 * 1024;

    /** @param encoding the Content-Encoding header; absent for none */
    static Body read(InputStream wire, @Nullable String encoding, int bytesMax, LargeBody large) throws IOException {
        Counted counted = new Counted(wire, bytesMax);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(CHUNK_BYTES);
        try {
            InputStream unpacked = unpacked(counted, encoding);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = unpacked.read(chunk); read >= 0; read = unpacked.read(chunk)) {
                int room = bytesMax - kept.size();
                if (kept.size() <= large.bytes() && kept.size() + read > large.bytes()) {
                    large.before().run();
                }
                kept.write(chunk, 0, Math.min(read, room));
                if (read > room) {
                    return new Body(kept.toByteArray(), Cut.OVER_LIMIT);
                }
            }
            return new Body(kept.toByteArray(), counted.spent() ? Cut.OVER_LIMIT : null);
        } catch (EOFException | ProtocolException | ZipException e) {
            // Short of its own Content-Length, chunk or gzip end mark. What came is worth reading: a feed's newest
            // entries stand first.
            if (kept.size() == 0 && !counted.spent()) {
                throw e;
            }
            return new Body(kept.toByteArray(), counted.spent() ? Cut.OVER_LIMIT : Cut.BROKEN_OFF);
        }
    }

    private static InputStream unpacked(InputStream wire, @Nullable String encoding) throws IOException {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new GZIPInputStream(wire, CHUNK_BYTES);
            case "br" -> new Unbrotlied(wire);
            case "deflate" -> new InflaterInputStream(wire);
            default -> wire;
        };
    }

    /** Brotli (RFC 7932), with the errors that other encodings have: the decoder's own does not tell a bad stream from a network that failed. */
    private static final class Unbrotlied extends InputStream {
        private final InputStream plain;

        Unbrotlied(InputStream wire) throws IOException {
            try {
                this.plain = new BrotliInputStream(wire, CHUNK_BYTES);
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            try {
                return plain.read(into, at, length);
            } catch (IOException e) {
                throw told(e);
            }
        }

        private static IOException told(IOException e) {
            Throwable decoder = e.getCause();
            if (decoder != null && decoder.getCause() instanceof IOException network) {
                return network;
            }
            ZipException damaged = new ZipException("not a whole brotli stream");
            damaged.initCause(e);
            return damaged;
        }
    }

    /** Ends, as if the stream did, once the limit is passed. */
    private static final class Counted extends InputStream {
        private final InputStream wire;
        private long left;

        Counted(InputStream wire, int bytesMax) {
            this.wire = wire;
            // One more than may be kept, so that a body of just the limit still counts as whole.
            this.left = bytesMax + 1L;
        }

        boolean spent() {
            return left <= 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = wire.read(into, at, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
