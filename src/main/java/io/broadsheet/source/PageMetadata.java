package io.broadsheet.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a page says of itself in its meta and link elements, and where its headings, times and names stand; found in one walk over the page. */
final class PageMetadata {
    /** A page with more headings, times or names than this is a list; what stands first counts. */
    private static final int EACH_MAX = 200;

    private final Map<String, List<String>> metas = new HashMap<>();
    private final Map<String, Element> links = new HashMap<>();
    private final List<Element> headings = new ArrayList<>();
    private final List<Element> subheadings = new ArrayList<>();
    private final List<Element> times = new ArrayList<>();
    private final List<Element> authors = new ArrayList<>();
    private final List<Element> dates = new ArrayList<>();
    private final List<Element> tags = new ArrayList<>();
    private @Nullable Element base;

    private PageMetadata() {}

    static PageMetadata of(Document page) {
        PageMetadata metadata = new PageMetadata();
        page.stream().forEach(metadata::look);
        return metadata;
    }

    private void look(Element element) {
        switch (element.normalName()) {
            case "meta" -> meta(element);
            case "link" -> {
                for (String rel : element.attr("rel").toLowerCase(Locale.ROOT).split("\\s+")) {
                    links.putIfAbsent(rel, element);
                }
            }
            case "base" -> base = base == null && element.hasAttr("href") ? element : base;
            case "h1" -> add(element, headings);
            case "h2", "h3" -> add(element, subheadings);
            case "time" -> add(element, times);
            default -> {}
        }
        String property = element.attr("itemprop");
        String rel = element.attr("rel");
        if (rel.contains("author") || property.equals("author")) {
            add(element, authors);
        } else if (element.nameIs("a") && rel.contains("tag")) {
            add(element, tags);
        }
        String name = element.className();
        if (!name.isEmpty() || !property.isEmpty()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.contains("byline") || lower.contains("author")) {
                add(element, authors);
            }
            boolean dated = property.startsWith("date") || lower.contains("date") || lower.contains("publish");
            if (dated || lower.contains("timestamp") || lower.contains("posted")) {
                add(element, dates);
            }
        }
    }

    private static void add(Element element, List<Element> elements) {
        if (elements.size() < EACH_MAX) {
            elements.add(element);
        }
    }

    private void meta(Element element) {
        String content = element.attr("content").strip();
        if (content.isEmpty()) {
            return;
        }
        for (String attribute : new String[] {"property", "name", "itemprop", "http-equiv"}) {
            String name = element.attr(attribute).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                List<String> contents = metas.computeIfAbsent(name, key -> new ArrayList<>(1));
                if (contents.size() < EACH_MAX) {
                    contents.add(content);
                }
            }
        }
    }

    /** The content of the first meta element by one of these names (property, name or itemprop, in lower case), in the order of the names. */
    @Nullable
    String meta(String... names) {
        for (String name : names) {
            List<String> contents = metas.get(name);
            if (contents != null) {
                return contents.get(0);
            }
        }
        return null;
    }

    List<String> metas(String name) {
        return metas.getOrDefault(name, List.of());
    }

    /** The absolute URL of the first link of this relation, or null. */
    @Nullable
    String link(String rel) {
        Element link = links.get(rel);
        return link == null ? null : FeedTree.web(link.absUrl("href"));
    }

    /** What the page wants its relative links resolved against, or null. */
    @Nullable
    String base() {
        return base == null ? null : FeedTree.web(base.absUrl("href"));
    }

    /** Level one, in document order; so are all of these. */
    List<Element> headings() {
        return headings;
    }

    /** Of level two and three. */
    List<Element> subheadings() {
        return subheadings;
    }

    List<Element> times() {
        return times;
    }

    /** Elements that say they name an author. */
    List<Element> authors() {
        return authors;
    }

    /** Elements that say they show a date. */
    List<Element> dates() {
        return dates;
    }

    /** Links that say they lead to a tag's page. */
    List<Element> tags() {
        return tags;
    }

    /** The first that is there and not blank, or null. */
    static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
