package io.broadsheet.source;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A story's page is right about the story; what it does not say, its list may. */
final class Complemented {
    private Complemented() {}

    /** @param fetched where the page was found in the end */
    static Entry by(Entry page, Listed list, String fetched) {
        boolean dated = page.published() != null;
        return new Entry(
                page.id(),
                url(page.url(), list, fetched),
                page.title().isEmpty() ? list.title() : page.title(),
                page.author(),
                page.unit(),
                page.dateline(),
                dated ? page.published() : list.published(),
                dated ? page.dateFrom() : list.dateFrom(),
                page.updated(),
                page.summary(),
                page.content(),
                page.language() == null ? list.language() : page.language(),
                page.categories(),
                enclosures(page, list));
    }

    /** All that a list says of a story whose page was not read. */
    static Entry listed(Listed story) {
        Instant updated = story.stamp() == null
                ? null
                : Dates.read(story.stamp(), ZoneOffset.UTC).instant();
        List<Enclosure> images = story.images().stream()
                .map(url -> new Enclosure(url, null, null))
                .toList();
        return new Entry(
                null,
                story.url(),
                story.title(),
                null,
                null,
                null,
                story.published(),
                story.dateFrom(),
                updated,
                null,
                null,
                story.language(),
                List.of(),
                images);
    }

    /** What the page calls its own address counts if it is one of a story on this site: some name their front page for all. */
    private static String url(@Nullable String claimed, Listed list, String fetched) {
        boolean fits = claimed != null
                && UrlShape.sameSite(claimed, fetched)
                && !UrlShape.parts(claimed).isEmpty()
                && UrlShape.of(claimed).matches(".*[*#].*")
                        == UrlShape.of(list.url()).matches(".*[*#].*");
        return fits && claimed != null ? claimed : list.url();
    }

    private static List<Enclosure> enclosures(Entry page, Listed list) {
        if (!page.enclosures().isEmpty()) {
            return page.enclosures();
        }
        List<Enclosure> images = new ArrayList<>();
        list.images().forEach(url -> images.add(new Enclosure(url, null, null)));
        return images;
    }
}
