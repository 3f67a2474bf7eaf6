package io.broadsheet.source;

import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetched.Cut;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What we remember of a source between two visits.
 *
 * @param etag of the last answer, sent back as {@code If-None-Match}; absent when there was none
 * @param lastModified of the last answer, sent back as {@code If-Modified-Since}; absent when there was none
 * @param fingerprint of the last answer's bytes, or of a folder's names, sizes and times; absent before the first visit
 * @param url to visit instead of the defined one, learnt from permanent redirects; absent while the defined one holds
 * @param moving where it says it moved, not learnt yet; absent unless the last visit was sent there
 */
public record FetchState(
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String fingerprint,
        @Nullable String url,
        @Nullable Moving moving) {
    /** Of a source never visited. */
    public static final FetchState NEW = new FetchState(null, null, null, null);

    /** Of a source that says of no other place that it moved there. */
    public FetchState(
            @Nullable String etag, @Nullable String lastModified, @Nullable String fingerprint, @Nullable String url) {
        this(etag, lastModified, fingerprint, url, null);
    }

    /** What is remembered of a document that was answered. */
    FetchState answered(Fetched answer, String fingerprint, Instant now) {
        FetchState there = redirected(answer, now);
        if (answer.cut() == Cut.BROKEN_OFF) {
            // With its validators we would be told 304 for a document whose end we never saw.
            return there.with(null, null, null);
        }
        return there.with(answer.etag(), answer.lastModified(), fingerprint);
    }

    /** The same document, had at another place perhaps. */
    FetchState redirected(Fetched answer, Instant now) {
        String target = answer.permanentUrl();
        if (target == null) {
            return new FetchState(etag, lastModified, fingerprint, url, null);
        }
        Moving seen = Moving.seen(moving, target, now);
        return seen.isProven(now)
                ? new FetchState(etag, lastModified, fingerprint, target, null)
                : new FetchState(etag, lastModified, fingerprint, url, seen);
    }

    /** Another document at the same place. */
    FetchState with(@Nullable String etag, @Nullable String lastModified, @Nullable String fingerprint) {
        return new FetchState(etag, lastModified, fingerprint, url, moving);
    }
}
