package io.broadsheet.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Brings Atom 0.3 and 1.0 into Atom 1.0 as Rome reads it right: absolute URLs, plain dates, every text as escaped HTML, and nothing whose odd values
 * could make a module's parser throw.
 */
final class AtomShape {
    private static final Namespace ATOM = Namespace.getNamespace(Namespaces.ATOM);
    private static final String[] TITLES = {"title", "atom:title", "dc:title", "media:title", "itunes:title"};
    private static final String[] SUMMARIES = {
        "summary", "atom:summary", "dc:description", "description", "abstract", "itunes:summary", "media:description"
    };
    private static final String[] CONTENTS = {"content", "atom:content", "content:encoded", "xhtml:body", "xhtml:div"};

    /** A feed is no page to send a reader to. */
    private static final Pattern FEED_TYPE = Pattern.compile("(?i).*(?:atom|rss|rdf|feed|json).*");

    private final String base;
    private final EntryDates dates;

    AtomShape(String base, EntryDates dates) {
        this.base = base;
        this.dates = dates;
    }

    Document shape(Document document) {
        Element feed = document.getRootElement();
        String home = Namespaces.right(feed.getNamespaceURI());
        EntryParts parts = new EntryParts(feed, home);
        Element plain = new Element("feed", ATOM);
        text(plain, "title", parts.first("title", "atom:title", "dc:title"));
        String url = page(parts);
        if (url != null) {
            plain.addContent(new Element("link", ATOM).setAttribute("href", url));
        }
        String language = FeedTree.language(feed);
        if (language != null) {
            RssShape.ours(plain, "language", language);
        }
        List<String> feedAuthors = parts.authors();
        parts.all("entry", "atom:entry", "item").forEach(entry -> plain.addContent(entry(entry, home, feedAuthors)));
        return new Document(plain);
    }

    private Element entry(Element entry, String home, List<String> feedAuthors) {
        dates.tidy(entry, "published");
        EntryParts parts = new EntryParts(entry, home);
        Element plain = new Element("entry", ATOM);
        text(plain, "title", parts.first(TITLES));
        String id = parts.text("id", "atom:id", "guid", "dc:identifier");
        if (id != null) {
            plain.addContent(new Element("id", ATOM).setText(id));
        }
        String page = page(parts);
        String url = page == null ? FeedTree.web(id) : page;
        if (url != null) {
            plain.addContent(new Element("link", ATOM).setAttribute("href", url));
        }
        Element summary = parts.first(SUMMARIES);
        Element content = parts.first(CONTENTS);
        text(plain, "summary", summary);
        text(plain, "content", content);
        authors(entry, parts, home, feedAuthors)
                .forEach(name -> plain.addContent(new Element("author", FeedTree.OURS).setText(name)));
        parts.topics().forEach(topic -> plain.addContent(new Element("category", ATOM).setAttribute("term", topic)));
        parts.files(base).forEach(file -> plain.addContent(enclosure(file)));
        Element published = entry.getChild("published", entry.getNamespace());
        if (published != null) {
            plain.addContent(new Element("published", ATOM).setText(published.getText()));
        }
        entry.getChildren().stream()
                .filter(each -> each.getNamespace().equals(FeedTree.OURS))
                .forEach(each -> plain.addContent(each.clone()));
        RssShape.ours(plain, "base", FeedTree.base(entry, base));
        base(plain, "summary-base", summary);
        base(plain, "content-base", content);
        language(entry, parts, plain);
        return plain;
    }

    private void base(Element plain, String name, @Nullable Element text) {
        if (text != null) {
            RssShape.ours(plain, name, FeedTree.base(text, base));
        }
    }

    /** What the entry says; else what its text says, which is what a reader meets. */
    private static void language(Element entry, EntryParts parts, Element plain) {
        String said = FeedTree.language(parts.text("dc:language"));
        Element text = parts.first("content", "summary", "title");
        String own = said != null ? said : FeedTree.language(text == null ? entry : text);
        if (own != null) {
            RssShape.ours(plain, "language", own);
        }
    }

    /** The entry's own, else those of the feed it was taken from, else those of this feed (RFC 4287 §4.2.1). */
    private static List<String> authors(Element entry, EntryParts parts, String home, List<String> feedAuthors) {
        return Stream.of(
                        parts.authors(),
                        parts.all("source", "atom:source")
                                .flatMap(source -> new EntryParts(source, home).authors().stream())
                                .toList(),
                        feedAuthors)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Element enclosure(Element file) {
        Element link = new Element("link", ATOM)
                .setAttribute("rel", "enclosure")
                .setAttribute("href", file.getAttributeValue("url", ""));
        for (String name : List.of("type", "length")) {
            String value = file.getAttributeValue(name);
            if (value != null) {
                link.setAttribute(name, value);
            }
        }
        return link;
    }

    /** The address of the page itself: the one before click counting, else an alternate that is a page, else any that is no feed. */
    private @Nullable String page(EntryParts parts) {
        List<Element> alternates = parts.all("link", "atom:link")
                .filter(link -> RssShape.isAlternate(EntryParts.attribute(link, "rel")))
                .toList();
        return Stream.of(
                        parts.all("feedburner:origlink", "pheedo:origlink").map(Element::getText),
                        alternates.stream()
                                .filter(link ->
                                        type(link).isEmpty() || type(link).contains("html"))
                                .map(this::href),
                        alternates.stream()
                                .filter(link -> !FEED_TYPE.matcher(type(link)).matches())
                                .map(this::href))
                .flatMap(each -> each)
                .flatMap(url -> Stream.ofNullable(FeedTree.web(url)))
                .findFirst()
                .orElse(null);
    }

    private static String type(Element link) {
        String type = EntryParts.attribute(link, "type");
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    private String href(Element link) {
        String href = EntryParts.attribute(link, "href");
        String url = href == null ? link.getText() : href;
        return url.isBlank() ? "" : FeedTree.resolve(FeedTree.base(link, base), url);
    }

    private void text(Element plain, String name, @Nullable Element given) {
        if (given != null) {
            plain.addContent(new Element(name, ATOM)
                    .setText(html(given, FeedTree.base(given, base)))
                    .setAttribute("type", "html"));
        }
    }

    /**
     * Text constructs (RFC 4287 §3.1), content (§4.1.3.3) and Atom 0.3's modes, all as HTML.
     *
     * @param base of the element
     */
    static String html(Element text, String base) {
        String type = text.getAttributeValue("type", "text").strip().toLowerCase(Locale.ROOT);
        String mode = text.getAttributeValue("mode", "").strip().toLowerCase(Locale.ROOT);
        if (mode.equals("base64")) {
            return base64(text.getText());
        }
        if (!text.getChildren().isEmpty()) {
            return FeedTree.htmlOf(text, base);
        }
        if (mode.equals("escaped") || type.contains("html")) {
            return text.getText();
        }
        boolean media = type.contains("/") && !type.startsWith("text/") && !type.endsWith("xml");
        String plain = media ? base64(text.getText()) : text.getText();
        // What may be a title's markup is looked at where titles are made plain.
        return text.getName().equalsIgnoreCase("title") ? plain : FeedTree.htmlOfPlain(plain);
    }

    /** Nothing where it is not base64, or is no text: a picture, a document. One entry's damage is not the feed's. */
    private static String base64(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getMimeDecoder().decode(text));
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return decoded.indexOf('\0') < 0 ? decoded : "";
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return "";
        }
    }
}
