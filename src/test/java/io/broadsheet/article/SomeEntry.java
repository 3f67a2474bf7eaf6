package io.broadsheet.article;

import io.broadsheet.source.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of which a test names what matters to it. */
final class SomeEntry {
    private final String title;
    private @Nullable String guid;
    private @Nullable String url;
    private @Nullable String author;
    private @Nullable String language;
    private @Nullable Instant published;
    private @Nullable String content;
    private List<String> categories = List.of();

    private SomeEntry(String title) {
        this.title = title;
    }

    /** With a text of its own, more than thirty words long. */
    static SomeEntry entry(String title) {
        return new SomeEntry(title).text(textOf(title));
    }

    static String textOf(String subject) {
        return "<p>" + subject + " was the matter before the council on Monday. " + "Every seat was taken, and the "
                + "mayor spoke for an hour about " + subject + " before questions were put by those who had come "
                + "from all parts of the city to hear what would follow from it.</p>";
    }

    SomeEntry guid(String value) {
        guid = value;
        return this;
    }

    SomeEntry url(String value) {
        url = value;
        return this;
    }

    SomeEntry author(String value) {
        author = value;
        return this;
    }

    SomeEntry language(String value) {
        language = value;
        return this;
    }

    SomeEntry published(String instant) {
        published = Instant.parse(instant);
        return this;
    }

    SomeEntry text(@Nullable String html) {
        content = html;
        return this;
    }

    SomeEntry categories(String... values) {
        categories = List.of(values);
        return this;
    }

    Entry build() {
        return new Entry(
                guid,
                url,
                title,
                author,
                null,
                null,
                published,
                published == null ? null : "pubDate",
                null,
                null,
                content,
                language,
                categories,
                List.of());
    }
}
