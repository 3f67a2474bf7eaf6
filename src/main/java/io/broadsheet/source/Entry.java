package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import io.broadsheet.json.EmptyAsNull;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One raw element as a document shows it, before identity: what {@code inspect} prints and what collecting reads.
 *
 * @param id the document's own identifier (RSS guid, Atom id, JSON Feed id), as given; absent when it has none
 * @param url absolute http(s) URL of the story's page; absent when it has none
 * @param title plain text in one line, empty when there is none (and null in JSON)
 * @param author who wrote it, plain text, several joined by {@code ", "}; absent when unknown
 * @param unit the office or unit that released it, plain text; absent when unknown
 * @param dateline where the text says it was written, such as {@code "WASHINGTON"}; absent when unknown; it stays in the content too
 * @param published when the document says it was published; absent when it does not say (none is invented)
 * @param dateFrom where {@code published} was read, such as {@code "pubDate"}, {@code "front matter"}; absent with it
 * @param updated when the document says it was last changed; absent when it does not say
 * @param summary sanitised HTML; absent when there is none
 * @param content sanitised HTML of the whole text; absent when there is none
 * @param language BCP 47 tag, lower-case language; absent when unknown
 * @param categories plain text each, in document order, without repeats; at most a hundred
 * @param enclosures attached files, in document order; at most a hundred
 */
public record Entry(
        @Nullable String id,
        @Nullable String url,
        @JsonSerialize(converter = EmptyAsNull.class) String title,
        @Nullable String author,
        @Nullable String unit,
        @Nullable String dateline,
        @Nullable Instant published,
        @Nullable String dateFrom,
        @Nullable Instant updated,
        @Nullable String summary,
        @Nullable String content,
        @Nullable String language,
        List<String> categories,
        List<Enclosure> enclosures) {
    /** Who lists more than this has something else in mind than readers. */
    private static final int LISTED_MAX = 100;

    public Entry {
        author = line(author);
        unit = line(unit);
        dateline = line(dateline);
        categories = categories.stream().limit(LISTED_MAX).toList();
        enclosures = enclosures.stream().limit(LISTED_MAX).toList();
    }

    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : RomeEntries.blankToNull(PlainText.line(text));
    }

    Entry withId(@Nullable String another) {
        return with(another, content, enclosures);
    }

    Entry withContent(@Nullable String another) {
        return with(id, another, enclosures);
    }

    Entry withEnclosures(List<Enclosure> others) {
        return with(id, content, others);
    }

    private Entry with(@Nullable String newId, @Nullable String newContent, List<Enclosure> newEnclosures) {
        return new Entry(
                newId,
                url,
                title,
                author,
                unit,
                dateline,
                published,
                dateFrom,
                updated,
                summary,
                newContent,
                language,
                categories,
                newEnclosures);
    }

    /** Whether there is anything of a story in it: a title, an address, a text. */
    boolean tellsSomething() {
        return !title.isEmpty() || Stream.of(url, summary, content).anyMatch(text -> text != null && !text.isEmpty());
    }
}
