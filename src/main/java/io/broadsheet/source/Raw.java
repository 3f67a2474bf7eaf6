package io.broadsheet.source;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A document as it came, before anybody looked into it.
 *
 * @param where its URL or path, for messages
 * @param contentType the whole Content-Type header; absent for files, or when the server sent none
 * @param baseUrl absolute URL that relative links are resolved against; absent when there is none
 * @param truncated whether the bytes are only the beginning of what there was
 * @param zone for dates that name none
 */
record Raw(
        String where,
        byte[] bytes,
        @Nullable String contentType,
        @Nullable String baseUrl,
        boolean truncated,
        ZoneId zone) {}
