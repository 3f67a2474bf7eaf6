package io.broadsheet.article;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an article a selection asks about.
 *
 * @param author absent when unknown
 * @param language absent when unknown
 * @param summary sanitised HTML; absent when there is none, or no words are asked for
 * @param content likewise
 */
record Selectable(
        ArticleId id,
        String title,
        @Nullable String author,
        @Nullable String language,
        List<String> categories,
        @Nullable String summary,
        @Nullable String content,
        Instant collected) {}
