package io.broadsheet.feed;

import java.time.Instant;

/**
 * One document as it goes out, held in memory.
 *
 * @param bytes as they are; never changed by who gets them
 * @param gzip the same, compressed at publication
 * @param etag strong, quoted, of the plain form (RFC 9110 §8.8.3)
 * @param gzipEtag strong, quoted, of the compressed form, which is another representation
 * @param modified when its bytes last changed
 * @param minutes how often it is worth asking again
 */
@SuppressWarnings(
        "ArrayRecordComponent") // never compared; a copy for each request would cost what keeping them in memory saves
public record PublishedFile(
        String mediaType, byte[] bytes, byte[] gzip, String etag, String gzipEtag, Instant modified, int minutes) {
    private static final int ETAG_DIGITS = 32;

    static PublishedFile of(String mediaType, byte[] bytes, byte[] gzip, Instant modified, int minutes) {
        return new PublishedFile(mediaType, bytes, gzip, etag(bytes), etag(gzip), modified, minutes);
    }

    private static String etag(byte[] bytes) {
        return '"' + Bytes.fingerprint(bytes).substring(0, ETAG_DIGITS) + '"';
    }
}
