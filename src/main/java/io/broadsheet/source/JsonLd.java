package io.broadsheet.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a page says of itself in JSON-LD: the node that is an article, wherever it lies in the graph. */
final class JsonLd {
    /** What pages get wrong and browsers' own readers of it overlook. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();

    private static final Pattern ARTICLE =
            Pattern.compile(".*(?:Article|BlogPosting|Report|PressRelease|Review\"|NewsItem).*");
    private static final Pattern PAGE = Pattern.compile(".*WebPage\".*");

    /** CDATA and comment marks that older pages put around scripts. */
    private static final Pattern AROUND =
            Pattern.compile("^\\s*(?://\\s*)?(?:<!\\[CDATA\\[|<!--)|(?://\\s*)?(?:]]>|-->)\\s*;?\\s*$");

    /** Nodes looked at; a page with more is a list of other things. */
    private static final int NODES_MAX = 2_000;

    private final JsonNode article;
    private final JsonNode page;
    private final Map<String, JsonNode> byId;

    private JsonLd(JsonNode article, JsonNode page, Map<String, JsonNode> byId) {
        this.article = article;
        this.page = page;
        this.byId = byId;
    }

    /** Blocks that are no JSON are passed over: pages are full of them, and other metadata says the same. */
    static JsonLd of(Document document) {
        Map<String, JsonNode> byId = new HashMap<>();
        JsonNode article = null;
        JsonNode page = null;
        for (Element script : document.select("script[type^=application/ld+json]")) {
            Deque<JsonNode> open = new ArrayDeque<>();
            try {
                open.add(MAPPER.readTree(AROUND.matcher(script.data()).replaceAll("")));
            } catch (JacksonException e) {
                continue;
            }
            for (int seen = 0; !open.isEmpty() && seen < NODES_MAX; seen++) {
                JsonNode node = open.removeFirst();
                String type = node.path("@type").toString();
                boolean found = ARTICLE.matcher(type).matches();
                article = found && (article == null || isRicher(node, article)) ? node : article;
                page = page == null && PAGE.matcher(type).matches() ? node : page;
                if (node.path("@id").isString()) {
                    byId.putIfAbsent(node.path("@id").stringValue(), node);
                }
                if (node.isArray()) {
                    node.forEach(open::addLast);
                } else if (!found) {
                    node.path("@graph").forEach(open::addLast);
                    open.addLast(node.path("mainEntity"));
                    open.addLast(node.path("mainEntityOfPage"));
                }
            }
        }
        JsonNode none = JsonNodeFactory.instance.objectNode();
        return new JsonLd(article == null ? none : article, page == null ? none : page, byId);
    }

    /** Of several, the first that has what the others only point to. */
    private static boolean isRicher(JsonNode node, JsonNode than) {
        return worth(node) > worth(than);
    }

    private static int worth(JsonNode node) {
        return (node.has("headline") ? 1 : 0) + (node.has("datePublished") ? 1 : 0) + (node.has("articleBody") ? 2 : 0);
    }

    boolean isArticle() {
        return !article.isEmpty();
    }

    /** Whether the story grows while it is read. */
    boolean isLive() {
        return article.path("@type").toString().contains("LiveBlog");
    }

    @Nullable
    String string(String name) {
        JsonNode value = article.path(name);
        return value.isString() ? RomeEntries.blankToNull(value.stringValue()) : null;
    }

    /** What the page as such says, where the article doesn't. */
    @Nullable
    String ofPage(String name) {
        JsonNode value = page.path(name);
        return value.isString() ? RomeEntries.blankToNull(value.stringValue()) : null;
    }

    /** Names of the authors, each once; empty when there are none. */
    List<String> authors() {
        List<String> names = new ArrayList<>();
        for (String role : new String[] {"author", "creator"}) {
            if (names.isEmpty()) {
                each(article.path(role)).forEach(author -> {
                    String name = name(author);
                    if (name != null && !names.contains(name)) {
                        names.add(name);
                    }
                });
            }
        }
        return names;
    }

    /** The publisher's name, or null. */
    @Nullable
    String publisher() {
        JsonNode publisher = article.path("publisher");
        return name(publisher.isArray() ? publisher.path(0) : publisher);
    }

    /** The address of the first picture, or null. */
    @Nullable
    String image() {
        for (JsonNode image : each(article.path("image"))) {
            JsonNode url = image.isString() ? image : resolved(image).path("url");
            if (url.isString()) {
                return url.stringValue();
            }
        }
        return null;
    }

    /** Sections and keywords; what is written in one string is parted at its commas. */
    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : each(article.path(name))) {
            if (word.isString()) {
                words.addAll(List.of(word.stringValue().split("[,;]")));
            }
        }
        return words;
    }

    private static List<JsonNode> each(JsonNode node) {
        List<JsonNode> each = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each::add);
        } else {
            each.add(node);
        }
        return each;
    }

    private @Nullable String name(JsonNode node) {
        JsonNode name = node.isString() ? node : resolved(node).path("name");
        JsonNode first = name.isArray() ? name.path(0) : name;
        return first.isString() ? RomeEntries.blankToNull(first.stringValue()) : null;
    }

    /** A node that only points to another one of the page is that other one. */
    private JsonNode resolved(JsonNode node) {
        JsonNode id = node.path("@id");
        boolean points = id.isString() && !node.has("name") && !node.has("url");
        return points ? byId.getOrDefault(id.stringValue(), node) : node;
    }
}
