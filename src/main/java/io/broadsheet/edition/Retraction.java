package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an article was taken back which readers of a newsletter were mailed.
 *
 * @param title plain text, as it last read
 * @param language BCP 47 tag of the title; absent: unknown
 * @param mailed the slot of the first edition that mailed it to them
 * @param note plain text, as the admin gave it; absent when none was given
 */
record Retraction(
        ArticleId article,
        String title,
        @Nullable String language,
        Instant mailed,
        @Nullable String note) {}
