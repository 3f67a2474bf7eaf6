package io.broadsheet.edition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One article, as mail templates see it.
 *
 * @param title plain text in one line
 * @param url the article's page: its source's, else ours ({@code /a/ID})
 * @param author plain text; absent when unknown
 * @param unit the office or unit that released it; absent when unknown
 * @param published when its source says it was published; absent when it does not say
 * @param date when to show: {@code published}, else when it was collected
 * @param summary plain text; empty when there is none
 * @param content sanitised HTML, the only value that {@code $html.raw(…)} is meant for; empty when there is none
 * @param language BCP 47 tag of its text
 * @param dir {@code ltr} or {@code rtl}, the way that language is written
 */
public record ArticleView(
        String title,
        String url,
        @Nullable String author,
        @Nullable String unit,
        @Nullable Instant published,
        Instant date,
        String summary,
        String content,
        String language,
        String dir) {}
