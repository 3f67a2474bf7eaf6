package io.broadsheet.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a page says of itself in JSON-LD: the node that is an article, wherever it lies in the graph. */
final class JsonLd {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode article;

    private JsonLd(JsonNode article) {
        this.article = article;
    }

    /** Blocks that are no JSON are passed over: pages are full of them, and other metadata says the same. */
    static JsonLd of(Document page) {
        for (Element script : page.select("script[type=application/ld+json]")) {
            Deque<JsonNode> open = new ArrayDeque<>();
            try {
                open.add(MAPPER.readTree(script.data()));
            } catch (JacksonException e) {
                continue;
            }
            while (!open.isEmpty()) {
                JsonNode node = open.removeFirst();
                if (node.path("@type").toString().matches(".*(?:Article|BlogPosting|Report|PressRelease).*")) {
                    return new JsonLd(node);
                }
                if (node.isArray()) {
                    node.forEach(open::addLast);
                } else {
                    node.path("@graph").forEach(open::addLast);
                }
            }
        }
        return new JsonLd(JsonNodeFactory.instance.objectNode());
    }

    @Nullable
    String string(String name) {
        JsonNode value = article.path(name);
        return value.isString() ? RomeEntries.blankToNull(value.stringValue()) : null;
    }

    /** Names of the authors, joined; null when there are none. */
    @Nullable
    String author() {
        List<String> names = new ArrayList<>();
        JsonNode author = article.path("author");
        List<JsonNode> authors = new ArrayList<>();
        if (author.isArray()) {
            author.forEach(authors::add);
        } else {
            authors.add(author);
        }
        for (JsonNode each : authors) {
            JsonNode name = each.isString() ? each : each.path("name");
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        return RomeEntries.joined(names);
    }
}
