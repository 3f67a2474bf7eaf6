package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.html.XmlText;
import io.broadsheet.log.Safe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON Feed 1.0 and 1.1, item by item, so that one cut short still gives its whole items. Safe for several threads. */
final class JsonFeedParser {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Sanitizer sanitizer = new Sanitizer();

    /** @throws OutsideError when it is JSON, but no feed */
    Inspected parse(String text, Raw raw, Notes notes) {
        ObjectNode feed = JsonNodeFactory.instance.objectNode();
        List<JsonNode> items = new ArrayList<>();
        boolean listed = read(text, feed, items, notes);
        boolean claims = string(feed, "version") != null
                && String.valueOf(string(feed, "version")).contains("jsonfeed.org");
        if (!listed && !claims) {
            throw new OutsideError(
                    raw.where() + ": answered with JSON that is no JSON Feed; is the URL right?", false, null);
        }
        String base = raw.baseUrl() == null ? "" : raw.baseUrl();
        String language = FeedTree.language(string(feed, "language"));
        String authors = authors(feed);
        List<Entry> entries = items.stream()
                .filter(JsonNode::isObject)
                .map(item -> entry(item, base, language, authors, raw, notes))
                .toList();
        String title = string(feed, "title");
        String home = string(feed, "home_page_url");
        return new Inspected(
                "feed",
                title == null ? null : RomeEntries.blankToNull(PlainText.title(title)),
                home == null ? null : FeedTree.web(FeedTree.resolve(base, home)),
                language,
                entries,
                notes.sentences(),
                HubLink.of(feed, base));
    }

    /** @return whether there was a list of items */
    private static boolean read(String text, ObjectNode feed, List<JsonNode> items, Notes notes) {
        boolean listed = false;
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    listed = true;
                    readItems(parser, items, notes);
                } else {
                    feed.set(name, parser.readValueAsTree());
                }
            }
        } catch (JacksonException e) {
            notes.add(
                    "the JSON breaks off or is damaged; the whole items before that were used",
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr());
        }
        return listed;
    }

    private static void readItems(JsonParser parser, List<JsonNode> items, Notes notes) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() >= XmlMender.ENTRIES_MAX) {
                notes.add("only the first " + XmlMender.ENTRIES_MAX
                        + " entries were read; more in one document are left out");
                parser.skipChildren();
            } else {
                items.add(parser.readValueAsTree());
            }
        }
    }

    private Entry entry(
            JsonNode item, String base, @Nullable String language, @Nullable String feedAuthors, Raw raw, Notes notes) {
        String url = string(item, "url");
        String external = string(item, "external_url");
        String web = FeedTree.web(FeedTree.resolve(base, url != null ? url : external != null ? external : ""));
        String own = FeedTree.language(string(item, "language"));
        String authors = authors(item);
        Instant published = date(item, "date_published", raw, notes);
        String title = string(item, "title");
        String html = string(item, "content_html");
        String plain = string(item, "content_text");
        String summary = string(item, "summary");
        String content = html != null ? html : plain == null ? null : paragraphs(plain);
        return new Entry(
                string(item, "id"),
                web,
                title == null ? "" : PlainText.title(title),
                authors == null ? feedAuthors : authors,
                null,
                null,
                published,
                published == null ? null : "date_published",
                date(item, "date_modified", raw, notes),
                summary == null ? null : RomeEntries.blankToNull(sanitizer.sanitise(FeedTree.escaped(summary), base)),
                content == null ? null : RomeEntries.blankToNull(sanitizer.sanitise(content, base)),
                own == null ? language : own,
                strings(item, "tags"),
                attachments(item, base));
    }

    /** Plain text as HTML: empty lines part paragraphs, line ends stay. */
    static String paragraphs(String plain) {
        StringBuilder html = new StringBuilder();
        for (String paragraph : plain.strip().split("\\R\\s*\\R")) {
            html.append("<p>")
                    .append(FeedTree.escaped(paragraph.strip()).replaceAll("\\R", "<br>"))
                    .append("</p>");
        }
        return html.toString();
    }

    private static @Nullable Instant date(JsonNode item, String name, Raw raw, Notes notes) {
        String text = string(item, name);
        if (text == null) {
            return null;
        }
        Dates.Found found = Dates.read(text, raw.zone());
        if (found.instant() == null) {
            notes.add("'" + Safe.text(text) + "' in " + name + " " + found.why() + ", and was left out");
        }
        return found.instant();
    }

    /** 1.1 has a list, 1.0 one author. */
    private static @Nullable String authors(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.path("authors").forEach(author -> addName(author, names));
        if (names.isEmpty()) {
            addName(node.path("author"), names);
        }
        return RomeEntries.joined(names);
    }

    private static void addName(JsonNode author, List<String> names) {
        String name = author.isString() ? author.stringValue() : string(author, "name");
        if (name != null) {
            names.add(name);
        }
    }

    private static List<Enclosure> attachments(JsonNode item, String base) {
        List<Enclosure> files = new ArrayList<>();
        for (JsonNode file : item.path("attachments")) {
            String url = string(file, "url");
            Enclosure enclosure = RomeEntries.enclosure(
                    url == null ? null : FeedTree.resolve(base, url),
                    string(file, "mime_type"),
                    file.path("size_in_bytes").asLong(0));
            if (enclosure != null) {
                files.add(enclosure);
            }
        }
        return files;
    }

    private static List<String> strings(JsonNode node, String name) {
        Set<String> strings = new LinkedHashSet<>();
        for (JsonNode each : node.path(name)) {
            String text = each.isString() ? PlainText.title(each.stringValue()) : "";
            if (!text.isEmpty()) {
                strings.add(text);
            }
        }
        return List.copyOf(strings);
    }

    /** A string or a number as text (ids are given as numbers, too); null for all else and for nothing. */
    private static @Nullable String string(JsonNode node, String name) {
        JsonNode value = node.path(name);
        String text = value.isString() ? value.stringValue() : value.isNumber() ? value.toString() : null;
        // JSON may carry what neither XML nor PostgreSQL can: U+0000 and lone surrogates.
        return text == null ? null : RomeEntries.blankToNull(XmlText.strip(text));
    }
}
