package io.broadsheet.feed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What is done to a document's bytes: the same bytes always give the same answer. */
final class Bytes {
    private Bytes() {}

    /** SHA-256 over the parts in order, in hexadecimal. Parts are told apart by their lengths. */
    static String fingerprint(byte[]... parts) {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (byte[] part : parts) {
            if (parts.length > 1) {
                hash.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
            }
            hash.update(part);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** Compressed as far as it goes, once. Java's header holds neither time nor file name, so that it is deterministic. */
    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return packed.toByteArray();
    }

    /** @throws IOException when it is no whole gzip, or unpacks to more than the limit */
    static byte[] gunzip(byte[] packed, int bytesMax) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] plain = gzip.readNBytes(bytesMax);
            if (gzip.read() >= 0) {
                throw new IOException("unpacks to more than " + bytesMax + " bytes");
            }
            return plain;
        }
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
