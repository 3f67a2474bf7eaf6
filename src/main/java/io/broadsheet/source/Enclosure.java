package io.broadsheet.source;

import org.jspecify.annotations.Nullable;

/**
 * A file that belongs to a story.
 *
 * @param url absolute http(s) URL
 * @param type media type such as {@code image/jpeg}; absent when unknown
 * @param length size in bytes; absent when unknown
 */
public record Enclosure(
        String url, @Nullable String type, @Nullable Long length) {}
