package io.broadsheet.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param hub where it says that it tells of its news; absent when it says nothing of the kind
 */
public record Inspected(
        String kind,
        @Nullable String title,
        @Nullable String url,
        @Nullable String language,
        List<Entry> entries,
        List<String> notes,
        @JsonIgnore @Nullable HubLink hub) {
    public Inspected {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    Inspected(
            String kind,
            @Nullable String title,
            @Nullable String url,
            @Nullable String language,
            List<Entry> entries,
            List<String> notes) {
        this(kind, title, url, language, entries, notes, null);
    }

    Inspected with(@Nullable HubLink found) {
        return new Inspected(kind, title, url, language, entries, notes, found);
    }
}
