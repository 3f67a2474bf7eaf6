package io.broadsheet.article;

import java.time.Instant;

/** An article that was taken back. */
public record Retracted(ArticleId id, Instant at) {}
