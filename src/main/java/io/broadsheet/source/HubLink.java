package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a feed says that it tells of its news (WebSub §4).
 *
 * @param hub absolute http(s) URL that subscriptions are asked of
 * @param topic absolute http(s) URL that the feed goes by there
 */
public record HubLink(String hub, String topic) {
    private static final int URL_MAX = 2_000;
    private static final int HEADER_MAX = 16_000;

    /** RFC 8288 §3: a target, and parameters. Nothing in it can be matched in two ways. */
    private static final Pattern LINK =
            Pattern.compile("<([^<>]*+)>((?:\\s*+;[^,;\"<>]*+(?:\"[^\"]*+\"[^,;\"<>]*+)?+)*+)");

    private static final Pattern REL = Pattern.compile("(?i);\\s*+rel\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s\";]++))");

    /**
     * What HTTP says.
     *
     * @param headers values of {@code Link}
     * @param url of the document: its name when it names none
     * @return null without a hub
     */
    static @Nullable HubLink of(List<String> headers, String url) {
        Found found = new Found();
        for (String header : headers) {
            Matcher link = LINK.matcher(header.substring(0, Math.min(header.length(), HEADER_MAX)));
            while (link.find()) {
                Matcher rel = REL.matcher(link.group(2));
                if (rel.find()) {
                    found.add(rel.group(1) == null ? rel.group(2) : rel.group(1), FeedTree.resolve(url, link.group(1)));
                }
            }
        }
        return found.link(url);
    }

    /** What RSS or Atom say in their head, whatever namespace the links stand in. */
    static @Nullable HubLink of(Element root, String base) {
        Found found = new Found();
        List<Element> heads = new ArrayList<>(List.of(root));
        root.getChildren().stream()
                .filter(child -> child.getName().equalsIgnoreCase("channel"))
                .forEach(heads::add);
        for (Element head : heads) {
            for (Element link : head.getChildren()) {
                String href = link.getAttributeValue("href");
                String rel = link.getAttributeValue("rel");
                if (link.getName().equalsIgnoreCase("link") && href != null && rel != null) {
                    found.add(rel, FeedTree.resolve(FeedTree.base(link, base), href));
                }
            }
        }
        return found.link(base);
    }

    /** What a JSON Feed says in {@code hubs} and {@code feed_url}; other kinds of hubs than WebSub's are passed over. */
    static @Nullable HubLink of(JsonNode feed, String base) {
        Found found = new Found();
        for (JsonNode hub : feed.path("hubs")) {
            String type = hub.path("type").asString("");
            if (type.equalsIgnoreCase("WebSub") || type.equalsIgnoreCase("PubSubHubbub")) {
                found.add("hub", hub.path("url").asString(""));
            }
        }
        found.add("self", feed.path("feed_url").asString(""));
        return found.link(base);
    }

    /** The first of each counts. */
    private static final class Found {
        private @Nullable String hub;
        private @Nullable String self;

        void add(String relations, String url) {
            String web = url.length() > URL_MAX ? null : FeedTree.web(url);
            Set<String> all = Set.of(relations.strip().toLowerCase(Locale.ROOT).split("\\s+"));
            if (hub == null && all.contains("hub")) {
                hub = web;
            }
            if (self == null && all.contains("self")) {
                self = web;
            }
        }

        @Nullable
        HubLink link(String url) {
            String topic = self == null ? FeedTree.web(url) : self;
            return hub == null || topic == null ? null : new HubLink(hub, topic);
        }
    }
}
