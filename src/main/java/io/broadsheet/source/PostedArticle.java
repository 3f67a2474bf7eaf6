package io.broadsheet.source;

import io.broadsheet.config.Nearest;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.html.XmlText;
import io.broadsheet.log.Safe;
import io.broadsheet.source.PostedParser.Faults;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One article of a posted document: its fields by the names that {@code inspect} prints. Used by one thread. */
final class PostedArticle {
    /** {@code date-from} is ours to say; it is let through so that what {@code inspect} prints can be posted. */
    private static final List<String> FIELDS = List.of(
            "id",
            "url",
            "title",
            "author",
            "unit",
            "dateline",
            "published",
            "date-from",
            "updated",
            "summary",
            "content",
            "language",
            "categories",
            "enclosures");

    private static final List<String> FILE_FIELDS = List.of("url", "type", "length");

    private static final int ID_MAX = 1_000;
    private static final int URL_MAX = 2_000;
    private static final int LINE_MAX = 1_000;
    /** What the sanitiser reads at most; a longer text would end there unseen. */
    private static final int TEXT_MAX = 1_000_000;
    /** As many as an entry keeps. */
    private static final int LISTED_MAX = 100;

    /** Collecting takes it for the filler of a platform. */
    private static final String EMPTY = "this is an empty article";

    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    /** What is dated before that was mistyped. */
    private static final int YEAR_LEAST = 1000;

    private final JsonNode article;
    private final String pointer;
    private final Faults faults;
    private final Sanitizer sanitizer = new Sanitizer();

    PostedArticle(JsonNode article, String pointer, Faults faults) {
        this.article = article;
        this.pointer = pointer;
        this.faults = faults;
    }

    /**
     * @param key the article's id when it has neither id nor url; absent: it is refused then
     * @return null when it is no object; what else is wrong was told, and the entry is not to be used then
     */
    @Nullable
    Entry read(@Nullable String key) {
        if (!article.isObject()) {
            fault("", "is no article; write an object such as {\"title\": …}");
            return null;
        }
        knowNames(article, FIELDS, "");
        String id = text("id", ID_MAX);
        String url = url(article, "url", "");
        if (id == null && url == null) {
            id = key;
            if (key == null) {
                fault("", "has neither 'id' nor 'url', by which it would be known again; give it one of them");
            }
        }
        String title = line("title");
        if (title == null) {
            fault("/title", "is missing or empty; each article has one");
        } else if (url == null && title.toLowerCase(Locale.ROOT).startsWith(EMPTY)) {
            fault("/title", "says that there is no article; such are left out wherever they come from");
        }
        Instant published = instant("published");
        return new Entry(
                id,
                url,
                title == null ? "" : title,
                line("author"),
                line("unit"),
                line("dateline"),
                published,
                published == null ? null : "published",
                instant("updated"),
                html("summary", url),
                html("content", url),
                language(),
                categories(),
                enclosures());
    }

    /** A slip in a name would lose what stands behind it. */
    private void knowNames(JsonNode object, List<String> names, String below) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                fault(below, "unknown name '" + Safe.text(name) + "'" + Nearest.mend(name, names));
            }
        }
    }

    private @Nullable String text(String name, int octetsMax) {
        return text(article, name, "/" + name, octetsMax);
    }

    /** Without what neither XML nor PostgreSQL can carry; null when absent or blank. */
    private @Nullable String text(JsonNode object, String name, String below, int octetsMax) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            fault(below, "is no text; write it between quotes");
            return null;
        }
        String text = XmlText.strip(value.stringValue());
        // Most are far shorter, and need not be written out to be measured.
        if (text.length() > octetsMax / 4 && text.getBytes(StandardCharsets.UTF_8).length > octetsMax) {
            fault(below, "is longer than " + octetsMax + " octets in UTF-8; shorten it");
            return null;
        }
        return RomeEntries.blankToNull(text);
    }

    private @Nullable String line(String name) {
        String text = text(name, LINE_MAX);
        return text == null ? null : RomeEntries.blankToNull(PlainText.title(text));
    }

    private @Nullable String url(JsonNode object, String name, String below) {
        String text = text(object, name, below + "/" + name, URL_MAX);
        String web = FeedTree.web(text);
        if (text != null && web == null) {
            fault(below + "/" + name, "is no absolute http or https URL; write it like https://example.org/story");
        }
        return web;
    }

    private @Nullable String html(String name, @Nullable String base) {
        String text = text(name, TEXT_MAX);
        return text == null ? null : RomeEntries.blankToNull(sanitizer.sanitise(text, base));
    }

    private @Nullable Instant instant(String name) {
        String text = text(name, LINE_MAX);
        if (text == null) {
            return null;
        }
        try {
            if (RFC_3339.matcher(text).matches()) {
                OffsetDateTime date = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
                if (date.withOffsetSameInstant(ZoneOffset.UTC).getYear() >= YEAR_LEAST) {
                    return date.toInstant();
                }
            }
        } catch (DateTimeException e) {
            fault("/" + name, "names a day or an hour that there is not; write it like 2026-11-24T08:00:00Z");
            return null;
        }
        fault("/" + name, "is no date of RFC 3339 with an offset; write it like 2026-11-24T08:00:00Z");
        return null;
    }

    private @Nullable String language() {
        String text = text("language", LINE_MAX);
        String language = FeedTree.language(text);
        if (text != null && language == null) {
            fault("/language", "is no language tag of BCP 47; write it like en or pt-BR");
        }
        return language;
    }

    private List<String> categories() {
        Set<String> categories = new LinkedHashSet<>();
        List<JsonNode> all = list("categories");
        for (int at = 0; at < all.size(); at++) {
            String below = "/categories/" + at;
            if (!all.get(at).isString() || all.get(at).stringValue().length() > LINE_MAX) {
                fault(below, "is no text of at most " + LINE_MAX + " characters");
            } else {
                String category = PlainText.title(XmlText.strip(all.get(at).stringValue()));
                if (!category.isEmpty()) {
                    categories.add(category);
                }
            }
        }
        return List.copyOf(categories);
    }

    private List<Enclosure> enclosures() {
        List<Enclosure> files = new ArrayList<>();
        List<JsonNode> all = list("enclosures");
        for (int at = 0; at < all.size(); at++) {
            String below = "/enclosures/" + at;
            JsonNode file = all.get(at);
            if (!file.isObject()) {
                fault(below, "is no file; write an object such as {\"url\": …}");
                continue;
            }
            knowNames(file, FILE_FIELDS, below);
            String url = url(file, "url", below);
            String type = text(file, "type", below + "/type", LINE_MAX);
            Enclosure enclosure = RomeEntries.enclosure(url, type, length(file, below));
            if (url == null && file.path("url").isMissingNode()) {
                fault(below + "/url", "is missing; a file has one");
            }
            if (enclosure != null) {
                if (type != null && enclosure.type() == null) {
                    fault(below + "/type", "is no media type; write it like image/jpeg");
                }
                files.add(enclosure);
            }
        }
        return files;
    }

    private long length(JsonNode file, String below) {
        JsonNode length = file.path("length");
        if (length.isMissingNode() || length.isNull()) {
            return 0;
        }
        if (!length.canConvertToLong() || !length.isIntegralNumber() || length.longValue() < 0) {
            fault(below + "/length", "is no number of octets; write it like 20480, without quotes");
            return 0;
        }
        return length.longValue();
    }

    private List<JsonNode> list(String name) {
        JsonNode list = article.path(name);
        List<JsonNode> all = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return all;
        }
        if (!list.isArray()) {
            fault("/" + name, "is no list; write it in brackets: [ … ]");
        } else if (list.size() > LISTED_MAX) {
            fault("/" + name, "lists " + list.size() + "; at most " + LISTED_MAX + " are kept");
        } else {
            list.forEach(all::add);
        }
        return all;
    }

    private void fault(String below, String detail) {
        faults.add(pointer + below, detail);
    }
}
