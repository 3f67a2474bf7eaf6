package io.broadsheet.source;

import java.util.Locale;
import java.util.Set;

/** What the names of feeds' elements say about where they begin and end, for feeds that do not say it themselves. */
final class FeedTags {
    private static final Set<String> ENTRIES = Set.of("item", "entry");
    private static final Set<String> VOID_HTML = Set.of("br", "hr", "img", "wbr");

    /** They hold text and never another of RSS's elements: one that begins within them tells that their end was forgotten. */
    private static final Set<String> TEXT_ONLY = Set.of("title", "link", "guid", "pubdate");

    private static final Set<String> BESIDE_TEXT = Set.of(
            "link",
            "guid",
            "pubdate",
            "description",
            "enclosure",
            "category",
            "content:encoded",
            "dc:creator",
            "dc:date");

    private FeedTags() {}

    static boolean isEntry(String name) {
        return ENTRIES.contains(name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT));
    }

    static boolean isVoid(String name) {
        return VOID_HTML.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the beginning of {@code next} shows that {@code open} was to be closed before it. */
    static boolean ends(String open, String next) {
        return TEXT_ONLY.contains(open.toLowerCase(Locale.ROOT)) && BESIDE_TEXT.contains(next.toLowerCase(Locale.ROOT));
    }
}
