package io.broadsheet.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was read, whole: the JSON of {@code inspect} field for field.
 *
 * @param kind {@code feed}, {@code page}, {@code text}, {@code opml}, {@code sitemap} or {@code document}
 * @param title the document's own title, plain text
 * @param url the page the document says it belongs to, absolute
 * @param language BCP 47 tag of the whole document
 * @param entries in document order
 * @param notes what was mended or left out, in the reader's words, one sentence each
 */
public record Inspected(
        String kind,
        @Nullable String title,
        @Nullable String url,
        @Nullable String language,
        List<Entry> entries,
        List<String> notes) {
    public Inspected {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }
}
