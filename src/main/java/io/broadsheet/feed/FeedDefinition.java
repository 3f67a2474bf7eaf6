package io.broadsheet.feed;

import io.broadsheet.article.Selection;
import org.jspecify.annotations.Nullable;

/**
 * One feed as {@code config/feeds.yml} defines it.
 *
 * @param name {@code [a-z0-9-]+}, unique; gives {@code feeds/NAME.rss}, {@code .atom} and {@code .json}
 * @param description one sentence for feed readers; absent: the title serves
 * @param size how many articles it holds, newest first, 1 to 1,000
 * @param language BCP 47 tag; absent: the site's
 */
public record FeedDefinition(
        String name,
        String title,
        @Nullable String description,
        Selection select,
        int size,
        @Nullable String language) {}
