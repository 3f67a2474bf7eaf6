package io.broadsheet.http;

import org.jspecify.annotations.Nullable;

/**
 * One thing to fetch.
 *
 * @param url absolute http(s) URL
 * @param etag of the copy we know, sent as {@code If-None-Match}; absent: unconditional
 * @param lastModified of the copy we know, as the server gave it, sent as {@code If-Modified-Since}; absent: unconditional
 * @param bytesMax the most to keep of the answer; absent: as the settings say
 * @param accept media types wanted, as the {@code Accept} header has them
 */
public record FetchRequest(
        String url,
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable Integer bytesMax,
        String accept) {
    /** What a feed reader asks for: feeds first, anything else rather than a 406. */
    public static final String ACCEPT_FEED =
            "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5";

    /** What a reader of pages asks for. */
    public static final String ACCEPT_PAGE =
            "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5";

    /** Of a page. No page that people read comes near it; the beginning of a longer one is what counts. */
    private static final int PAGE_BYTES_MAX = 3 * 1024 * 1024;

    /** The same, unless it is still the copy that has these. */
    public FetchRequest given(@Nullable String knownEtag, @Nullable String knownLastModified) {
        return new FetchRequest(url, knownEtag, knownLastModified, bytesMax, accept);
    }

    /** An unconditional request for a page. */
    public static FetchRequest page(String url) {
        return new FetchRequest(url, null, null, PAGE_BYTES_MAX, ACCEPT_PAGE);
    }

    /** An unconditional request for a feed. */
    public static FetchRequest of(String url) {
        return new FetchRequest(url, null, null, null, ACCEPT_FEED);
    }
}
