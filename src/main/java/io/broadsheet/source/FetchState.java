package io.broadsheet.source;

import org.jspecify.annotations.Nullable;

/**
 * What we remember of a source between two visits.
 *
 * @param etag of the last answer, sent back as {@code If-None-Match}; absent when there was none
 * @param lastModified of the last answer, sent back as {@code If-Modified-Since}; absent when there was none
 * @param fingerprint of the last answer's bytes, or of a folder's names, sizes and times; absent before the first visit
 * @param url to visit instead of the defined one, learnt from permanent redirects; absent while the defined one holds
 */
public record FetchState(
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String fingerprint,
        @Nullable String url) {
    /** Of a source never visited. */
    public static final FetchState NEW = new FetchState(null, null, null, null);
}
