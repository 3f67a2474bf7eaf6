package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The stories that a list page names in JSON-LD: an ItemList, or a blog with its posts. */
final class StructuredList {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final int NODES_MAX = 10_000;
    private static final int URLS_MAX = 1_000;

    private StructuredList() {}

    /** Their URLs as keys, in order; empty when the page names none. */
    static Set<String> urls(Document page) {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode item : items(page)) {
            String url = url(item, page.location());
            if (url != null) {
                keys.add(UrlShape.key(url));
            }
        }
        return keys;
    }

    /** Those of the page's own site. */
    static List<Listed> stories(Document page, NearDates dates, String pageUrl) {
        Map<String, Listed> stories = new LinkedHashMap<>();
        for (JsonNode item : items(page)) {
            String url = url(item, page.location());
            if (url != null && UrlShape.sameSite(url, pageUrl) && !UrlShape.isNoStory(url)) {
                JsonNode about = item.has("item") && item.get("item").isObject() ? item.get("item") : item;
                String title = text(about, "headline") == null ? text(about, "name") : text(about, "headline");
                String date = text(about, "datePublished");
                stories.putIfAbsent(
                        UrlShape.key(url),
                        Listed.of(
                                url,
                                title == null ? "" : PlainText.title(title),
                                date == null ? null : dates.read(date)));
            }
        }
        return List.copyOf(stories.values());
    }

    private static List<JsonNode> items(Document page) {
        List<JsonNode> items = new ArrayList<>();
        for (Element script : page.select("script[type=application/ld+json]")) {
            Deque<JsonNode> open = new ArrayDeque<>();
            try {
                open.add(MAPPER.readTree(script.data()));
            } catch (JacksonException e) {
                // Pages are full of blocks that are no JSON; the links say the same.
                continue;
            }
            for (int seen = 0; !open.isEmpty() && seen < NODES_MAX && items.size() < URLS_MAX; seen++) {
                JsonNode node = open.removeFirst();
                String type = node.path("@type").toString();
                if (type.contains("\"ItemList\"")) {
                    node.path("itemListElement").forEach(items::add);
                } else if (type.contains("\"Blog\"")) {
                    node.path("blogPost").forEach(items::add);
                }
                if (node.isArray()) {
                    node.forEach(open::addLast);
                } else {
                    node.path("@graph").forEach(open::addLast);
                    open.addLast(node.path("mainEntity"));
                }
            }
        }
        return items;
    }

    private static @Nullable String url(JsonNode item, String base) {
        JsonNode nested = item.path("item");
        String url = item.isString() ? item.stringValue() : text(item, "url");
        if (url == null) {
            url = nested.isString()
                    ? nested.stringValue()
                    : text(nested, "url") == null ? text(nested, "@id") : text(nested, "url");
        }
        String absolute = url == null ? null : FeedTree.web(FeedTree.resolve(base, url));
        return absolute == null ? null : absolute.replaceFirst("#.*$", "");
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? RomeEntries.blankToNull(value.stringValue()) : null;
    }
}
