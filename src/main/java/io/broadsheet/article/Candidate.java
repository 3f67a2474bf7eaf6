package io.broadsheet.article;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article that an edition may hold.
 *
 * @param eligible when it became news for the selection that was asked
 * @param language BCP 47 tag; absent when unknown
 */
public record Candidate(
        ArticleId id, Instant eligible, @Nullable String language) {}
