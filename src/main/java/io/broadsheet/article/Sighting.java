package io.broadsheet.article;

import io.broadsheet.source.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article as one source showed it under one guid and URL.
 *
 * @param id grows with time: an article's smallest is its first sighting
 * @param eligible when it became news through this source; absent: back catalogue
 * @param joinedBy the rule that told the article: {@code first}, {@code guid}, {@code guid-key}, {@code url}, {@code platform}, {@code text},
 *     {@code summary} or {@code admin}
 * @param likeness how surely; absent where a key told it
 * @param waiting whether it would be news, but for its article, which is held
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
        String joinedBy,
        @Nullable Likeness likeness,
        boolean waiting) {
    boolean hasNoKey() {
        return guid == null && urlKey == null;
    }

    /** Whether it is news, now or once its article is released. */
    boolean isNews() {
        return eligible != null || waiting;
    }

    /** The same, shown when its article was held: it becomes news when that is released. */
    Sighting asWaiting() {
        return with(null, eligible != null);
    }

    Sighting asNews(@Nullable Instant since) {
        return with(since, false);
    }

    private Sighting with(@Nullable Instant news, boolean waits) {
        return new Sighting(
                id,
                article,
                source,
                guid,
                guidKey,
                url,
                urlKey,
                platformKey,
                textKey,
                fingerprint,
                seen,
                news,
                joinedBy,
                likeness,
                waits);
    }
}
