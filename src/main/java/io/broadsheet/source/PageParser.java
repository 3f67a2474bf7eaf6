package io.broadsheet.source;

import io.broadsheet.html.ParseableHtml;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.http.RegistrableDomain;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTML page as one entry: headline, author, unit, dateline and dates from its metadata and the lines around the headline, and the story's
 * text without what stands around it. A page that lists stories instead of telling one gives none. Safe for several threads.
 */
final class PageParser {
    /** The fetcher's own limit: pages carry more script than text. */
    private static final int CHARACTERS_MAX = 5 * 1024 * 1024;

    /** Ten times a long page with all its menus. */
    private static final int TAGS_MAX = 40_000;

    private static final int DEPTH_MAX = 100;

    /** Of a guide's text, how much more there must be than in the page for the page to lack it. */
    private static final int LACKING = 3;

    private static final Set<String> SHELLS = Set.of("div", "section", "article", "main", "span");

    private final Sanitizer sanitizer = new Sanitizer();

    /** @return of kind {@code page}, with one entry, or with none and a note that says why */
    Inspected parse(Raw raw) {
        return parse(raw, Sanitizer.Pictures.NONE);
    }

    /** @param pictures that the page may show */
    Inspected parse(Raw raw, Sanitizer.Pictures pictures) {
        Notes notes = new Notes();
        String html = FeedText.of(raw.bytes(), raw.contentType(), notes);
        Document page = Jsoup.parse(
                ParseableHtml.of(html, CHARACTERS_MAX, TAGS_MAX),
                raw.baseUrl() == null ? "" : raw.baseUrl(),
                Parser.htmlParser().setMaxDepth(DEPTH_MAX));
        return read(page, pictures, raw, notes);
    }

    private Inspected read(Document page, Sanitizer.Pictures pictures, Raw raw, Notes notes) {
        PageMetadata metadata = PageMetadata.of(page);
        JsonLd linked = JsonLd.of(page);
        String url = url(metadata, raw.baseUrl());
        String base = PageMetadata.first(metadata.base(), raw.baseUrl(), url);
        PageTitle title = PageTitle.of(page, metadata, linked);
        HeadLines head = HeadLines.of(page.body(), title.heading(), title.text());
        ReleaseLines told = new ReleaseLines(raw.zone(), notes);
        head.above().stream().filter(ReleaseLines::isNewsLabel).forEach(told::take);
        head.below().forEach(told::take);
        String text = linked.string("articleBody");
        Guide guide = Guide.of(text);
        BodyFinder.Body body = new BodyFinder(guide, linked.isLive()).find(page, title.heading());
        boolean cut = BodyLines.tidy(body.content(), title.text(), told);
        String content = RomeEntries.blankToNull(
                sanitizer.sanitise(unwrapped(body.content()).html(), base, pictures));
        if (guide != null && text != null && guide.length() > LACKING * (body.prose() + 100)) {
            notes.add("the page does not show the text that its JSON-LD has; the text from there was used");
            content = RomeEntries.blankToNull(sanitizer.sanitise(written(text), base));
        }
        if (isList(metadata, linked, body)) {
            notes.add("the page lists stories, and tells none itself");
            return new Inspected(
                    "page",
                    RomeEntries.blankToNull(title.text()),
                    url,
                    language(page, metadata, linked),
                    List.of(),
                    notes.sentences());
        }
        if (cut) {
            notes.add("furniture around the text was left out");
        }
        return inspected(page, metadata, linked, head, told, title, url, base, content, raw, notes);
    }

    private Inspected inspected(
            Document page,
            PageMetadata metadata,
            JsonLd linked,
            HeadLines head,
            ReleaseLines told,
            PageTitle title,
            @Nullable String url,
            @Nullable String base,
            @Nullable String content,
            Raw raw,
            Notes notes) {
        String language = language(page, metadata, linked);
        PageDate.Reader dates = new PageDate.Reader(raw.zone(), language, notes);
        ReleaseLines.Dateline dateline = content == null ? null : ReleaseLines.dateline(firstLine(content));
        PageDate published = published(dates, title.heading(), metadata, linked, head, told, dateline, url, raw);
        String updated = PageMetadata.first(
                linked.string("dateModified"),
                metadata.meta(
                        "article:modified_time",
                        "og:updated_time",
                        "datemodified",
                        "last-modified",
                        "dcterms.modified"));
        String summary = PageMetadata.first(
                metadata.meta("description", "og:description", "twitter:description"), linked.string("description"));
        Entry entry = new Entry(
                null,
                url,
                title.text(),
                PageByline.of(metadata, linked, told.author(), head.below()),
                told.unit(),
                dateline == null ? null : dateline.place(),
                published.instant(),
                published.from(),
                updated == null ? told.updated() : dates.read(updated),
                summary == null
                        ? null
                        : RomeEntries.blankToNull(sanitizer.sanitise(FeedTree.escaped(PlainText.title(summary)), base)),
                content,
                language,
                categories(metadata, linked),
                image(metadata, linked, base));
        boolean empty = title.text().isEmpty() && content == null;
        if (empty) {
            notes.add("the page is empty");
        }
        return new Inspected(
                "page",
                RomeEntries.blankToNull(title.text()),
                url,
                language,
                empty ? List.of() : List.of(entry),
                notes.sentences());
    }

    private static PageDate published(
            PageDate.Reader dates,
            @Nullable Element heading,
            PageMetadata metadata,
            JsonLd linked,
            HeadLines head,
            ReleaseLines told,
            ReleaseLines.@Nullable Dateline dateline,
            @Nullable String url,
            Raw raw) {
        PageDate found = dates.published(metadata, linked);
        if (found.instant() == null) {
            found = dates.shown(metadata, heading);
        }
        if (found.instant() == null && told.published() != null) {
            found = new PageDate(told.published(), told.dateFrom());
        }
        if (found.instant() == null) {
            found = dates.inLines(head.below());
        }
        if (found.instant() == null) {
            found = dates.inLines(head.above());
        }
        if (found.instant() == null && dateline != null && dateline.date() != null) {
            found = new PageDate(dates.read(dateline.date()), "dateline");
        }
        if (found.instant() == null) {
            found = PageDate.Reader.inUrl(url, raw.zone());
        }
        return found.instant() == null ? new PageDate(null, null) : found;
    }

    /** The page's own idea of its address, unless it is another site's, or the front page's, as careless sites have it on each page. */
    private static @Nullable String url(PageMetadata metadata, @Nullable String base) {
        for (String claimed : new String[] {metadata.link("canonical"), FeedTree.web(metadata.meta("og:url"))}) {
            if (claimed != null && isOwn(claimed, base)) {
                return claimed;
            }
        }
        return FeedTree.web(base);
    }

    private static boolean isOwn(String claimed, @Nullable String base) {
        URI there = uri(claimed);
        if (there == null || there.getHost() == null) {
            return false;
        }
        URI here = base == null ? null : uri(base);
        if (here == null || here.getHost() == null) {
            return true;
        }
        boolean root = (there.getRawPath() == null || there.getRawPath().length() <= 1) && there.getRawQuery() == null;
        boolean atRoot = here.getRawPath() == null || here.getRawPath().length() <= 1;
        String site = RegistrableDomain.of(here.getHost().toLowerCase(Locale.ROOT));
        return site.equals(RegistrableDomain.of(there.getHost().toLowerCase(Locale.ROOT))) && (!root || atRoot);
    }

    private static @Nullable URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Rows of headlines, where nothing says that the page is a story. */
    private static boolean isList(PageMetadata metadata, JsonLd linked, BodyFinder.Body body) {
        String type = metadata.meta("og:type");
        boolean story = linked.isArticle()
                || metadata.meta("article:published_time") != null
                || (type != null && type.toLowerCase(Locale.ROOT).contains("article"));
        return body.listed() && !story;
    }

    private static @Nullable String language(Document page, PageMetadata metadata, JsonLd linked) {
        Element html = page.selectFirst("html");
        String declared = html == null ? null : PageMetadata.first(html.attr("lang"), html.attr("xml:lang"));
        return FeedTree.language(PageMetadata.first(
                declared,
                metadata.meta("og:locale"),
                linked.string("inLanguage"),
                metadata.meta("content-language", "dc.language", "language")));
    }

    private static String firstLine(String content) {
        String plain = PlainText.of(content);
        int end = plain.indexOf('\n');
        return end < 0 ? plain : plain.substring(0, end);
    }

    /** Down through shells that hold one element each. */
    private static Element unwrapped(Element content) {
        Element at = content;
        while (at.childrenSize() == 1
                && at.ownText().isBlank()
                && SHELLS.contains(at.child(0).normalName())) {
            at = at.child(0);
        }
        return at;
    }

    /** Plain text, or HTML that was put into a string. */
    private static String written(String text) {
        return text.contains("<p") || text.contains("<br")
                ? text
                : TextParagraphs.html(TextParagraphs.of(text.lines().toList()));
    }

    private static List<String> categories(PageMetadata metadata, JsonLd linked) {
        Set<String> words = new LinkedHashSet<>();
        metadata.metas("article:section").forEach(section -> add(section, words));
        linked.words("articleSection").forEach(section -> add(section, words));
        metadata.metas("article:tag").forEach(tag -> add(tag, words));
        metadata.tags().forEach(tag -> add(tag.text(), words));
        if (words.isEmpty()) {
            linked.words("keywords").forEach(word -> add(word, words));
        }
        String keywords = metadata.meta("news_keywords", "keywords");
        if (words.isEmpty() && keywords != null) {
            List.of(keywords.split("[,;]")).forEach(word -> add(word, words));
        }
        return List.copyOf(words);
    }

    private static void add(String text, Set<String> words) {
        String plain = PlainText.title(text);
        if (!plain.isEmpty() && plain.length() <= 100) {
            words.add(plain);
        }
    }

    private static List<Enclosure> image(PageMetadata metadata, JsonLd linked, @Nullable String base) {
        String claimed = PageMetadata.first(
                metadata.meta("og:image:secure_url", "og:image", "og:image:url"),
                linked.image(),
                metadata.meta("twitter:image", "twitter:image:src"));
        String url = claimed == null ? null : FeedTree.web(FeedTree.resolve(base == null ? "" : base, claimed));
        if (url == null) {
            return List.of();
        }
        String path = url.replaceFirst("[?#].*$", "").toLowerCase(Locale.ROOT);
        String type = path.endsWith(".jpg") || path.endsWith(".jpeg")
                ? "image/jpeg"
                : path.endsWith(".png") ? "image/png" : path.endsWith(".webp") ? "image/webp" : null;
        return List.of(new Enclosure(url, type, null));
    }
}
