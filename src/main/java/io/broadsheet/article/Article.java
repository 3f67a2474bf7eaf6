package io.broadsheet.article;

import io.broadsheet.source.Enclosure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One story, however many sources carry it.
 *
 * @param url absolute http(s) URL of the story's own page; absent for one that has none (then {@code /a/ID} serves)
 * @param title plain text in one line, never empty
 * @param author plain text; absent when unknown
 * @param unit the office that released it; absent when unknown
 * @param dateline where it was written; absent when unknown; the content has it too
 * @param language BCP 47 tag; absent when unknown
 * @param summary sanitised HTML; absent when there is none
 * @param content sanitised HTML; absent when there is none
 * @param categories plain text each
 * @param published as a source claims; absent when none does
 * @param dateFrom where {@code published} was read; absent with it: then the instant of collection serves, marked as ours
 * @param updated the last significant change
 * @param collected when we first saw it
 * @param ordered the earlier of published and collected: its place in feeds
 * @param sources names of the sources that showed it, first sighting first
 * @param tags those of these sources, without repeats
 * @param revisions how many earlier wordings there are
 */
public record Article(
        ArticleId id,
        @Nullable String url,
        String title,
        @Nullable String author,
        @Nullable String unit,
        @Nullable String dateline,
        @Nullable String language,
        @Nullable String summary,
        @Nullable String content,
        List<String> categories,
        List<Enclosure> enclosures,
        @Nullable Instant published,
        @Nullable String dateFrom,
        Instant updated,
        Instant collected,
        Instant ordered,
        List<String> sources,
        List<String> tags,
        int revisions) {
    public Article {
        categories = List.copyOf(categories);
        enclosures = List.copyOf(enclosures);
        sources = List.copyOf(sources);
        tags = List.copyOf(tags);
    }
}
