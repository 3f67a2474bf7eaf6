package io.broadsheet.article;

import io.broadsheet.source.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article as one source showed it under one guid and URL.
 *
 * @param id grows with time: an article's smallest is its first sighting
 * @param eligible when it became news through this source; absent: back catalogue
 * @param joinedBy the rule that told the article: {@code first}, {@code guid}, {@code guid-key}, {@code url}, {@code platform} or {@code text}
 */
record Sighting(
        long id,
        ArticleId article,
        SourceId source,
        @Nullable String guid,
        @Nullable String guidKey,
        @Nullable String url,
        @Nullable String urlKey,
        @Nullable String platformKey,
        String textKey,
        String fingerprint,
        Instant seen,
        @Nullable Instant eligible,
        String joinedBy) {
    boolean hasNoKey() {
        return guid == null && urlKey == null;
    }
}
