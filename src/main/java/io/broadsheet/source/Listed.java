package io.broadsheet.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One story as a list page or a sitemap names it, before its own page is read.
 *
 * @param url absolute http(s), without a fragment
 * @param title plain text in one line; empty when the list does not say it
 * @param published what the list says; absent when it does not
 * @param dateFrom where {@code published} was read, such as {@code "list page"}; absent with it
 * @param stamp a sitemap's {@code lastmod} as it is written; absent when there is none
 * @param language BCP 47 tag; absent when the list does not say
 * @param images of the story, absolute URLs
 */
record Listed(
        String url,
        String title,
        @Nullable Instant published,
        @Nullable String dateFrom,
        @Nullable String stamp,
        @Nullable String language,
        List<String> images) {
    /** About what it takes in memory. */
    long characters() {
        return url.length()
                + title.length()
                + images.stream().mapToLong(String::length).sum();
    }

    static Listed of(String url, String title, @Nullable Instant published) {
        return new Listed(url, title, published, published == null ? null : "list page", null, null, List.of());
    }
}
