package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Looks at a document and has it read as what it is: feed, OPML, page, Word document, mail, Markdown or plain text. Safe for several threads. */
final class DocumentParser {
    private static final String UTF_8_HTML = "text/html; charset=utf-8";
    private static final int HEAD_BYTES = 4096;
    private static final Pattern FEED = Pattern.compile("<(?:[\\w.-]+:)?(?:rss|feed|rdf|channel)[\\s>/]");
    private static final int CATEGORIES_MAX = 20;
    private static final int CATEGORY_CHARACTERS_MAX = 100;
    private static final Pattern OPML = Pattern.compile("<opml[\\s>]");
    /** Of a page without the elements that HTML lets one leave out. */
    private static final Pattern PAGE_START = Pattern.compile(
            "^<(?:!--|title|meta|link|h[1-6]|p|div|article|section|main|table|center|body|script|style)[\\s>/-]");

    private static final Pattern SITEMAP = Pattern.compile("<(?:[\\w.-]+:)?(?:urlset|sitemapindex)[\\s>]");
    private static final Pattern PAGE_NAME = Pattern.compile("(?i).*\\.x?html?");
    private static final Pattern MARKDOWN_NAME = Pattern.compile("(?i).*\\.(?:md|markdown)");

    private final FeedParser feeds = new FeedParser();
    private final TextReleaseParser texts = new TextReleaseParser();
    private final MarkdownParser markdown = new MarkdownParser();
    private final MailRelease mails = new MailRelease();
    private final PageParser pages = new PageParser();

    /** @throws OutsideError when it can't be read as anything */
    Inspected parse(Raw raw) {
        return parse(raw, null);
    }

    /**
     * @param pictures that the document may show by their names, if it is Markdown or a page, or that are in it, if it is a Word document; absent: it shows none that
     *     lie beside it or in it
     * @throws OutsideError when it can't be read as anything
     */
    Inspected parse(Raw raw, @Nullable PicturesBeside pictures) {
        if (raw.bytes().length == 0) {
            throw new OutsideError(raw.where() + ": is empty; is this the right one?", false, null);
        }
        if (MailRelease.is(raw)) {
            return mails.parse(raw);
        }
        if (WordDocument.is(raw.bytes())) {
            return word(raw, pictures);
        }
        Sanitizer.Pictures named = pictures == null ? Sanitizer.Pictures.NONE : pictures;
        String head = FeedText.of(beginning(raw.bytes()), raw.contentType(), new Notes())
                .toLowerCase(Locale.ROOT)
                .stripLeading();
        String type = raw.contentType() == null ? "" : raw.contentType().toLowerCase(Locale.ROOT);
        if (head.indexOf('\0') >= 0 && !FEED.matcher(head).find()) {
            throw new OutsideError(raw.where() + ": is not text; feeds, pages, OPML and text can be read", false, null);
        }
        if (OPML.matcher(head).find()) {
            return opml(raw);
        }
        if (SITEMAP.matcher(head).find()) {
            return sitemap(raw);
        }
        if (FeedParser.isHtml(head)) {
            return pages.parse(raw, named);
        }
        if (FEED.matcher(head).find() || head.startsWith("{") || head.startsWith("<?xml")) {
            return feeds.parse(raw);
        }
        if (PAGE_NAME.matcher(raw.where()).matches()
                || type.contains("html")
                || PAGE_START.matcher(head).find()) {
            return pages.parse(raw, named);
        }
        boolean isMarkdown =
                MARKDOWN_NAME.matcher(raw.where()).matches() || type.contains("markdown") || head.startsWith("---\n");
        return isMarkdown ? markdown.parse(raw, named) : texts.parse(raw);
    }

    private Inspected word(Raw raw, @Nullable PicturesBeside pictures) {
        Notes notes = new Notes();
        WordDocument document = WordDocument.of(raw.bytes(), raw.where(), notes);
        byte[] html = document.html().getBytes(StandardCharsets.UTF_8);
        Inspected read = pages.parse(
                new Raw(raw.where(), html, UTF_8_HTML, raw.baseUrl(), false, raw.zone()),
                pictures == null
                        ? Sanitizer.Pictures.NONE
                        : new WordPictures(raw.bytes(), document.pictures(), pictures));
        read.notes().forEach(notes::add);
        return new Inspected("document", read.title(), read.url(), read.language(), read.entries(), notes.sentences());
    }

    private static byte[] beginning(byte[] bytes) {
        boolean packed = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        // A gzip body shows nothing in its first bytes; all of it is unpacked, which the limit there bounds.
        return packed || bytes.length <= HEAD_BYTES ? bytes : Arrays.copyOf(bytes, HEAD_BYTES);
    }

    private static Inspected sitemap(Raw raw) {
        Sitemap sitemap = Sitemap.of(raw);
        List<Entry> entries = new ArrayList<>();
        for (Listed story : sitemap.isIndex() ? sitemap.files() : sitemap.stories()) {
            entries.add(Complemented.listed(story));
        }
        return new Inspected("sitemap", null, null, null, entries, sitemap.notes());
    }

    private static Inspected opml(Raw raw) {
        Notes notes = new Notes();
        String xml = XmlMender.mend(FeedText.of(raw.bytes(), raw.contentType(), notes), notes);
        Document document = xml.isEmpty() ? null : FeedTree.read(xml);
        if (document == null) {
            throw new OutsideError(raw.where() + ": is OPML too damaged to read; its owner must mend it", false, null);
        }
        List<Entry> entries = new ArrayList<>();
        outlines(document.getRootElement(), List.of(), entries);
        Element head = RssShape.firstNamed(document.getRootElement(), "head");
        Element title = head == null ? null : RssShape.firstNamed(head, "title");
        return new Inspected(
                "opml",
                title == null ? null : RomeEntries.blankToNull(title.getText()),
                null,
                null,
                entries,
                notes.sentences());
    }

    /**
     * Recursive, which the mender's limit of depth makes safe.
     *
     * @param folders the names of those that the parent lies in
     */
    private static void outlines(Element parent, List<String> folders, List<Entry> entries) {
        for (Element outline : parent.getChildren()) {
            String url = FeedTree.web(attribute(outline, "xmlurl"));
            String title =
                    attribute(outline, "title") == null ? attribute(outline, "text") : attribute(outline, "title");
            if (url != null) {
                entries.add(new Entry(
                        null,
                        url,
                        title == null ? "" : PlainText.title(title),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        categories(folders, attribute(outline, "category")),
                        List.of()));
            }
            outlines(outline, url == null ? within(folders, title) : folders, entries);
        }
    }

    private static List<String> within(List<String> folders, @Nullable String name) {
        String plain = name == null ? "" : PlainText.title(name);
        if (plain.isEmpty() || folders.size() >= CATEGORIES_MAX) {
            return folders;
        }
        List<String> all = new ArrayList<>(folders);
        all.add(plain);
        return all;
    }

    /** The folders, and what the outline says itself: words apart by commas, or paths with a slash before each (OPML 2.0). */
    private static List<String> categories(List<String> folders, @Nullable String written) {
        Stream<String> own = written == null ? Stream.of() : Stream.of(written.split(",", CATEGORIES_MAX + 1));
        return Stream.concat(
                        folders.stream(),
                        own.map(word -> PlainText.title(word.strip().replaceFirst("^/", ""))))
                .filter(word -> !word.isEmpty() && word.length() <= CATEGORY_CHARACTERS_MAX)
                .distinct()
                .limit(CATEGORIES_MAX)
                .toList();
    }

    private static @Nullable String attribute(Element element, String name) {
        return element.getAttributes().stream()
                .filter(attribute -> attribute.getName().equalsIgnoreCase(name))
                .map(attribute -> attribute.getValue())
                .findFirst()
                .orElse(null);
    }
}
