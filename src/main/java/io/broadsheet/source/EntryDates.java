package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Finds the dates of one entry's element, and puts them back in the one form that Rome reads right. */
final class EntryDates {
    private static final List<String> PUBLISHED = List.of("pubDate", "published", "issued", "date", "created");
    private static final List<String> UPDATED = List.of("updated", "modified");

    private final ZoneId zone;
    private final Notes notes;

    EntryDates(ZoneId zone, Notes notes) {
        this.zone = zone;
        this.notes = notes;
    }

    /** @param publishedName the element Rome looks for in this dialect */
    void tidy(Element entry, String publishedName) {
        Element published = take(entry, PUBLISHED, publishedName);
        if (published != null) {
            ours(entry, "date-from", published.getAttributeValue("from"));
            published.removeAttribute("from");
            entry.addContent(published);
        }
        Element updated = take(entry, UPDATED, "updated");
        if (updated != null) {
            ours(entry, "updated", updated.getText());
        }
    }

    /** Removes all elements of these names, and answers the first readable one, renamed; null when none can be read. */
    private @Nullable Element take(Element entry, List<String> names, String as) {
        Element found = null;
        for (String name : names) {
            for (Element element : List.copyOf(entry.getChildren())) {
                if (!element.getName().equalsIgnoreCase(name)) {
                    continue;
                }
                element.detach();
                String text = element.getText().strip();
                Instant instant = found == null && !text.isEmpty() ? read(name, text) : null;
                if (instant != null) {
                    String prefix = element.getNamespacePrefix();
                    found = new Element(as, entry.getNamespace())
                            .setText(instant.toString())
                            .setAttribute("from", prefix.isEmpty() ? name : prefix + ":" + name);
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
}
