package io.broadsheet.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered, whatever its status; redirects were followed.
 *
 * @param status 200, 304, 404, 410, 429 …
 * @param finalUrl where the answer came from, after all hops
 * @param permanentUrl the URL to remember instead, when every hop was a 301 or 308; absent without hops or with a temporary one
 * @param etag as given; absent when the server sent none
 * @param lastModified as given; absent when the server sent none
 * @param contentType the whole header as given; absent when the server sent none
 * @param body decompressed; empty for a 304; at most the bytes asked for
 * @param maxAge how long the server says this answer is fresh; absent when it does not say
 * @param retryAfter how long the server asks us to stay away; absent when it does not
 * @param links values of {@code Link} headers (RFC 8288), as given
 * @param cut why the body ends early; absent when it is whole
 */
public record Fetched(
        int status,
        String finalUrl,
        @Nullable String permanentUrl,
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String contentType,
        byte[] body,
        @Nullable Duration maxAge,
        @Nullable Duration retryAfter,
        @Nullable Cut cut,
        List<String> links) {
    public Fetched {
        links = List.copyOf(links);
    }

    /** Whether {@code body} is only the beginning of what there was. */
    public boolean truncated() {
        return cut != null;
    }

    /** Why a body ends early. */
    public enum Cut {
        /** The rest is over the byte limit and was left where it is. */
        OVER_LIMIT,
        /** The connection ended before the server's own count or end mark. */
        BROKEN_OFF
    }
}
