package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.html.XmlText;
import io.broadsheet.log.Safe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads Markdown with YAML front matter ({@code title, author|by, unit, date|published, updated, url|link, language, tags|categories, summary, id}), or
 * without: then the first heading is the title, and paragraphs below it that only say who wrote it and when are read as those of a text release. Safe
 * for several threads.
 */
final class MarkdownParser {
    /** Front matter is a few lines; this keeps a file that merely begins with a rule from being read as YAML whole. */
    private static final int FRONT_MATTER_CHARACTERS_MAX = 20_000;

    /** Quotes in quotes in lists. Each level costs the parser time for every line, and the renderer stack. */
    private static final int DEPTH_MAX = 50;

    /** Lines of one paragraph below the headline; more are a text. */
    private static final int HEAD_LINES_MAX = 4;

    private static final int HEAD_PARAGRAPHS_MAX = 6;

    private static final Pattern PARAGRAPH = Pattern.compile("^\\s*(\\S.*?)(?:\\n[ \\t]*(?:\\n|$)|$)", Pattern.DOTALL);

    /** Emphasis around a line, and a hard break at its end. */
    private static final Pattern MARKS = Pattern.compile("^[*_\\s]+|[*_\\\\\\s]+$");

    private static final Pattern HEADING = Pattern.compile("^(?:#\\s+(.+?)\\s*#*|(.+)\\R=+)\\s*(?:\\R|$)");

    private final Parser markdown =
            Parser.builder().maxOpenBlockParsers(DEPTH_MAX).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder().build();
    private final Sanitizer sanitizer = new Sanitizer();

    /** As the other, without pictures of its own. */
    Inspected parse(Raw raw) {
        return parse(raw, Sanitizer.Pictures.NONE);
    }

    /**
     * @param pictures that the text may show
     * @throws OutsideError when the front matter is no YAML
     */
    Inspected parse(Raw raw, Sanitizer.Pictures pictures) {
        Notes notes = new Notes();
        String text = FeedText.of(raw.bytes(), raw.contentType(), notes).replace("\r\n", "\n");
        Map<String, Object> front = new LinkedHashMap<>();
        String body = frontMatter(text, front, raw).strip();
        String title = string(front, "title");
        Matcher heading = HEADING.matcher(body);
        if (heading.find()) {
            String found = heading.group(1) != null ? heading.group(1) : heading.group(2);
            if (title == null || PlainText.title(title).equals(PlainText.title(found))) {
                title = found;
                body = body.substring(heading.end());
            }
        }
        ReleaseLines told = new ReleaseLines(raw.zone(), notes);
        // Where front matter tells, the text is left as it was written.
        boolean tells = Stream.of("author", "by", "authors", "unit", "date", "published")
                .anyMatch(front::containsKey);
        String story = tells ? body : withoutHead(body, told, raw);
        Entry entry = entry(
                front,
                title == null ? "" : PlainText.title(title),
                html(story, front, raw, pictures),
                told,
                raw,
                notes);
        boolean empty = entry.title().isEmpty() && entry.content() == null;
        if (empty) {
            notes.add("the text is empty");
        }
        return new Inspected(
                "text",
                entry.title().isEmpty() ? null : entry.title(),
                entry.url(),
                entry.language(),
                empty ? List.of() : List.of(entry),
                notes.sentences());
    }

    /** The text below the paragraphs that tell who wrote it and when, which are taken. */
    private static String withoutHead(String body, ReleaseLines told, Raw raw) {
        String rest = body;
        List<String> taken = new ArrayList<>();
        for (int seen = 0; seen < HEAD_PARAGRAPHS_MAX; seen++) {
            Matcher paragraph = PARAGRAPH.matcher(rest);
            if (!paragraph.find()) {
                break;
            }
            List<String> lines = paragraph
                    .group(1)
                    .lines()
                    .limit(HEAD_LINES_MAX + 1L)
                    .map(line -> MARKS.matcher(line).replaceAll(""))
                    .toList();
            // Looked at first: a paragraph is taken whole or not at all.
            ReleaseLines trial = new ReleaseLines(raw.zone(), new Notes());
            taken.forEach(trial::take);
            if (lines.size() > HEAD_LINES_MAX || !lines.stream().allMatch(trial::take)) {
                break;
            }
            taken.addAll(lines);
            rest = rest.substring(paragraph.end());
        }
        taken.forEach(told::take);
        return rest;
    }

    private static @Nullable String url(Map<String, Object> front, Raw raw) {
        String base = raw.baseUrl() == null ? "" : raw.baseUrl();
        String url = string(front, "url", "link");
        return url == null ? null : FeedTree.web(FeedTree.resolve(base, url));
    }

    private String html(String body, Map<String, Object> front, Raw raw, Sanitizer.Pictures pictures) {
        String web = url(front, raw);
        return sanitizer.sanitise(renderer.render(markdown.parse(body)), web == null ? raw.baseUrl() : web, pictures);
    }

    private Entry entry(
            Map<String, Object> front, String title, String content, ReleaseLines told, Raw raw, Notes notes) {
        String web = url(front, raw);
        String summary = string(front, "summary", "description");
        String dateName = front.containsKey("date") ? "date" : "published";
        Instant published = date(front, dateName, raw, notes);
        Instant updated = date(front, "updated", raw, notes);
        String author = RomeEntries.joined(strings(front, "author", "by", "authors"));
        String unit = string(front, "unit");
        return new Entry(
                string(front, "id"),
                web,
                title,
                author == null ? told.author() : author,
                unit == null ? told.unit() : unit,
                string(front, "dateline"),
                published == null ? told.published() : published,
                published == null ? told.dateFrom() : "front matter",
                updated == null ? told.updated() : updated,
                summary == null ? null : sanitizer.sanitise(FeedTree.escaped(summary), web),
                RomeEntries.blankToNull(content),
                FeedTree.language(string(front, "language", "lang")),
                strings(front, "tags", "categories"),
                List.of());
    }

    /** Fills {@code front}; answers what follows it. */
    private static String frontMatter(String text, Map<String, Object> front, Raw raw) {
        String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!start.startsWith("---\n")) {
            return start;
        }
        int end = start.indexOf("\n---", 3);
        if (end < 0 || end > FRONT_MATTER_CHARACTERS_MAX) {
            return start;
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(raw.where())
                .setMaxAliasesForCollections(5)
                .build();
        try {
            Object read = new Load(settings).loadFromString(start.substring(4, end + 1));
            if (read instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    if (value != null) {
                        front.put(String.valueOf(key).toLowerCase(Locale.ROOT), value);
                    }
                });
            }
        } catch (StackOverflowError e) {
            // The parser recurses once a level; nothing of it is kept, so this is an answer like any other.
            throw new OutsideError(
                    raw.where() + ":1: the front matter nests brackets thousands deep; write plain values",
                    false,
                    null);
        } catch (YamlEngineException e) {
            int line = e instanceof MarkedYamlEngineException marked
                            && marked.getProblemMark().isPresent()
                    ? marked.getProblemMark().get().getLine() + 2
                    : 1;
            throw new OutsideError(
                    raw.where() + ":" + line
                            + ": the front matter is not YAML; put a value with a colon or a quote in it into quotes",
                    false,
                    e);
        }
        int bodyAt = start.indexOf('\n', end + 1);
        return bodyAt < 0 ? "" : start.substring(bodyAt + 1);
    }

    private static @Nullable Instant date(Map<String, Object> front, String name, Raw raw, Notes notes) {
        String text = string(front, name);
        if (text == null) {
            return null;
        }
        Dates.Found found = Dates.read(text, raw.zone());
        if (found.instant() == null) {
            notes.add("'" + Safe.text(text) + "' in " + name + " " + found.why() + ", and was left out");
        }
        return found.instant();
    }

    private static @Nullable String string(Map<String, Object> front, String... names) {
        for (String name : names) {
            Object value = front.get(name);
            if (value instanceof String || value instanceof Number) {
                return RomeEntries.blankToNull(XmlText.strip(String.valueOf(value)));
            }
        }
        return null;
    }

    /** A list, or one text in which commas part. */
    private static List<String> strings(Map<String, Object> front, String... names) {
        List<String> strings = new ArrayList<>();
        for (String name : names) {
            Object value = front.get(name);
            List<?> values = value instanceof List<?> list
                    ? list
                    : value == null ? List.of() : List.of(String.valueOf(value).split(","));
            for (Object each : values) {
                String text = PlainText.title(String.valueOf(each));
                if (!text.isEmpty() && !strings.contains(text)) {
                    strings.add(text);
                }
            }
        }
        return strings;
    }
}
