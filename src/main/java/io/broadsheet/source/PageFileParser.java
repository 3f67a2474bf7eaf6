package io.broadsheet.source;

import io.broadsheet.html.ParseableHtml;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.log.Safe;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTML page as one entry: what its metadata says (JSON-LD, Open Graph, meta), what stands in its headings, and the text of its main element.
 * Safe for several threads.
 */
final class PageFileParser {
    private static final String BODIES =
            "[itemprop=articleBody], .entry-content, .field--name-body, article, main, [role=main], body";
    private static final String AROUND =
            "nav, header, footer, aside, form, [role=navigation], [role=banner], [role=contentinfo]";

    /** The fetcher's own limit: pages carry more script than text. */
    private static final int CHARACTERS_MAX = 5 * 1024 * 1024;

    /** Ten times a long page with all its menus. */
    private static final int TAGS_MAX = 40_000;

    private static final int DEPTH_MAX = 100;

    private final Sanitizer sanitizer = new Sanitizer();

    Inspected parse(Raw raw) {
        Notes notes = new Notes();
        String html = FeedText.of(raw.bytes(), raw.contentType(), notes);
        Document page = Jsoup.parse(
                ParseableHtml.of(html, CHARACTERS_MAX, TAGS_MAX),
                raw.baseUrl() == null ? "" : raw.baseUrl(),
                Parser.htmlParser().setMaxDepth(DEPTH_MAX));
        JsonLd linked = JsonLd.of(page);
        String url = FeedTree.web(
                first(attribute(page, "link[rel=canonical]", "abs:href"), meta(page, "og:url"), raw.baseUrl()));
        String title = title(page, linked);
        Instant published = null;
        String dateFrom = null;
        for (Claim claim : publishedClaims(page, linked)) {
            if (published == null && claim.text() != null) {
                published = date(claim.text(), claim.from(), raw, notes);
                dateFrom = published == null ? null : claim.from();
            }
        }
        String updatedText = first(linked.string("dateModified"), meta(page, "article:modified_time"));
        String language = FeedTree.language(first(attribute(page, "html", "lang"), meta(page, "og:locale")));
        String summary = first(meta(page, "description"), meta(page, "og:description"));
        Set<String> categories = new LinkedHashSet<>();
        page.select("meta[property=article:tag]").forEach(tag -> add(tag.attr("content"), categories));
        Entry entry = new Entry(
                null,
                url,
                title,
                author(page, linked),
                null,
                null,
                published,
                dateFrom,
                updatedText == null ? null : date(updatedText, "dateModified", raw, notes),
                summary == null ? null : sanitizer.sanitise(FeedTree.escaped(summary), url),
                body(page, title, url),
                language,
                List.copyOf(categories),
                List.of());
        boolean empty = title.isEmpty() && entry.content() == null;
        return new Inspected(
                "page",
                title.isEmpty() ? null : title,
                url,
                language,
                empty ? List.of() : List.of(entry),
                notes.sentences());
    }

    private record Claim(@Nullable String text, String from) {}

    private static List<Claim> publishedClaims(Document page, JsonLd linked) {
        return List.of(
                new Claim(linked.string("datePublished"), "JSON-LD datePublished"),
                new Claim(meta(page, "article:published_time"), "article:published_time"),
                new Claim(attribute(page, "[itemprop=datePublished]", "datetime"), "datePublished"),
                new Claim(attribute(page, "[itemprop=datePublished]", "content"), "datePublished"),
                new Claim(first(meta(page, "dcterms.date"), meta(page, "dc.date"), meta(page, "date")), "meta date"),
                new Claim(
                        attribute(page, "article time[datetime], main time[datetime], time[datetime]", "datetime"),
                        "time"));
    }

    private static String title(Document page, JsonLd linked) {
        Element heading = page.selectFirst("article h1, main h1, h1");
        String open = meta(page, "og:title");
        String title = first(linked.string("headline"), open, heading == null ? null : heading.html(), page.title());
        return title == null ? "" : PlainText.title(title);
    }

    private static @Nullable String author(Document page, JsonLd linked) {
        Element byline = page.selectFirst("[rel=author], [itemprop=author], .byline, .author");
        String meta = first(meta(page, "author"), meta(page, "article:author"));
        boolean profile = meta != null && FeedTree.web(meta) != null;
        String author = first(linked.author(), profile ? null : meta, byline == null ? null : byline.text());
        return author == null
                ? null
                : RomeEntries.blankToNull(PlainText.title(author).replaceFirst("^(?i)by:? ", ""));
    }

    private @Nullable String body(Document page, String title, @Nullable String url) {
        Element body = null;
        for (String selector : BODIES.split(", ")) {
            body = body == null ? page.selectFirst(selector) : body;
        }
        if (body == null) {
            return null;
        }
        Element text = body.clone();
        text.select(AROUND).remove();
        for (Element heading : text.select("h1")) {
            if (PlainText.title(heading.html()).equals(title)) {
                heading.remove();
            }
        }
        return RomeEntries.blankToNull(sanitizer.sanitise(text.html(), url));
    }

    private static @Nullable Instant date(String text, String from, Raw raw, Notes notes) {
        Dates.Found found = Dates.read(text, raw.zone());
        if (found.instant() == null) {
            notes.add("'" + Safe.text(text) + "' in " + from + " " + found.why() + ", and was left out");
        }
        return found.instant();
    }

    private static void add(String text, Set<String> texts) {
        String plain = PlainText.title(text);
        if (!plain.isEmpty()) {
            texts.add(plain);
        }
    }

    /** A meta element's content, by its name or its property. */
    private static @Nullable String meta(Document page, String name) {
        return first(
                attribute(page, "meta[property=" + name + "]", "content"),
                attribute(page, "meta[name=" + name + "]", "content"));
    }

    private static @Nullable String attribute(Document page, String selector, String attribute) {
        Element element = page.selectFirst(selector);
        return element == null ? null : RomeEntries.blankToNull(element.attr(attribute));
    }

    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
