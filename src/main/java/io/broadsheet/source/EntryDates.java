package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Finds the dates of one entry's element, and puts them back in the one form that Rome reads right. */
final class EntryDates {
    private static final List<String> PUBLISHED =
            List.of("pubDate", "published", "issued", "publicationDate", "date", "available", "created");
    private static final List<String> UPDATED = List.of("updated", "modified", "lastBuildDate", "lastmod");

    private final ZoneId zone;
    private final Notes notes;

    EntryDates(ZoneId zone, Notes notes) {
        this.zone = zone;
        this.notes = notes;
    }

    /** @param publishedName the element Rome looks for in this dialect */
    void tidy(Element entry, String publishedName) {
        List<Dated> published = take(entry, PUBLISHED);
        List<Dated> updated = take(entry, UPDATED);
        if (!published.isEmpty()) {
            Dated first = published.get(0);
            ours(entry, "date-from", first.from());
            entry.addContent(new Element(publishedName, entry.getNamespace())
                    .setText(first.instant().toString()));
            // Dublin Core's date beside a date of publication says when the entry was last touched.
            published.stream()
                    .filter(each -> each.from().endsWith(":date"))
                    .filter(each -> each.instant().isAfter(first.instant()))
                    .forEach(updated::add);
        }
        if (!updated.isEmpty()) {
            ours(entry, "updated", updated.get(0).instant().toString());
        }
    }

    /** Removes all elements of these names, and answers the readable ones, in the names' order. */
    private List<Dated> take(Element entry, List<String> names) {
        List<Dated> found = new ArrayList<>();
        for (String name : names) {
            for (Element element : List.copyOf(entry.getChildren())) {
                if (!element.getName().equalsIgnoreCase(name)) {
                    continue;
                }
                element.detach();
                String text = element.getText().strip();
                // Once one was read, what another says wrongly does not matter.
                boolean needed = found.isEmpty() || name.equals("date");
                Instant instant = needed && !text.isEmpty() ? read(name, text) : null;
                if (instant != null) {
                    String prefix = element.getNamespacePrefix();
                    found.add(new Dated(instant, prefix.isEmpty() ? name : prefix + ":" + name));
                }
            }
        }
        return found;
    }

    private @Nullable Instant read(String name, String text) {
        Dates.Found found = Dates.read(text, zone);
        if (found.instant() == null) {
            notes.add("'" + Safe.text(text) + "' in " + name + " " + found.why() + ", and was left out");
        }
        return found.instant();
    }

    private static void ours(Element entry, String name, String value) {
        entry.addContent(new Element(name, FeedTree.OURS).setText(value));
    }

    /** @param from the element's name as the feed writes it */
    private record Dated(Instant instant, String from) {}
}
