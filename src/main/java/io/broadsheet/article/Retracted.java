package io.broadsheet.article;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article that was taken back.
 *
 * @param why plain text, as the admin gave it; absent when no reason was given
 */
public record Retracted(ArticleId id, Instant at, @Nullable String why) {}
