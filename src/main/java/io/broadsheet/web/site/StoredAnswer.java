package io.broadsheet.web.site;

import io.broadsheet.feed.PublishedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request for a stored document gets: conditions in the order of RFC 9110 §13.2.2, and the form that it accepts. A function of its arguments;
 * GET and HEAD get the same, and the server leaves out a HEAD's body.
 *
 * @param body empty but for 200
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are those that are kept in memory
record StoredAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NONE = {};
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int CONDITION_FAILED = 412;
    /** How much longer a cache may give out an old one while it asks, or while we are away (RFC 5861). */
    private static final Duration STALE_WHILE_ASKING = Duration.ofHours(1);

    private static final Duration STALE_IF_ERROR = Duration.ofDays(1);

    /** The request's headers that matter, each as its lines; empty when absent. */
    record Asked(
            List<String> ifMatch,
            List<String> ifUnmodifiedSince,
            List<String> ifNoneMatch,
            List<String> ifModifiedSince,
            List<String> acceptEncoding) {}

    static StoredAnswer to(Asked asked, PublishedFile file, Instant now) {
        AcceptEncoding accepted = AcceptEncoding.of(asked.acceptEncoding());
        if (accepted == AcceptEncoding.NEITHER) {
            return new StoredAnswer(
                    NOT_ACCEPTABLE, Map.of("Vary", "Accept-Encoding", "Cache-Control", "no-store"), NONE);
        }
        boolean packed = accepted == AcceptEncoding.GZIP;
        String etag = packed ? file.gzipEtag() : file.etag();
        // Never in the future (§8.8.2.1), whatever the clock did since; and in whole seconds, as it is compared.
        Instant modified = (file.modified().isAfter(now) ? now : file.modified()).truncatedTo(ChronoUnit.SECONDS);

        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        headers.put("Last-Modified", HttpDate.write(modified));
        headers.put("Cache-Control", cacheControl(file));
        headers.put("Vary", "Accept-Encoding");
        if (failsToMatch(asked, etag, modified)) {
            return new StoredAnswer(CONDITION_FAILED, headers, NONE);
        }
        byte[] body = packed ? file.gzip() : file.bytes();
        headers.put("Content-Length", Integer.toString(body.length));
        if (isKnown(asked, etag, modified)) {
            // Left to itself, the server says 0, which §8.6 forbids: in a 304 it is the length of the 200.
            return new StoredAnswer(NOT_MODIFIED, headers, NONE);
        }
        headers.put("Content-Type", file.mediaType() + "; charset=utf-8");
        if (packed) {
            headers.put("Content-Encoding", "gzip");
        }
        return new StoredAnswer(OK, headers, body);
    }

    private static String cacheControl(PublishedFile file) {
        return "public, max-age=" + Duration.ofMinutes(file.minutes()).toSeconds() + ", stale-while-revalidate="
                + STALE_WHILE_ASKING.toSeconds() + ", stale-if-error=" + STALE_IF_ERROR.toSeconds();
    }

    /** §13.1.1 and §13.1.4: the tag, strongly compared, goes before the date. */
    private static boolean failsToMatch(Asked asked, String etag, Instant modified) {
        if (!asked.ifMatch().isEmpty()) {
            return !EntityTags.of(asked.ifMatch()).holdsStrongly(etag);
        }
        return HttpDate.read(asked.ifUnmodifiedSince()).map(modified::isAfter).orElse(false);
    }

    /** §13.1.2 and §13.1.3: with a tag the date isn't looked at; a date that can't be read counts as none. */
    private static boolean isKnown(Asked asked, String etag, Instant modified) {
        if (!asked.ifNoneMatch().isEmpty()) {
            return EntityTags.of(asked.ifNoneMatch()).holdsWeakly(etag);
        }
        return HttpDate.read(asked.ifModifiedSince())
                .map(since -> !modified.isAfter(since))
                .orElse(false);
    }
}
