package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * One item of RSS, of any dialect and with any of the modules in use, as an RSS 2.0 item that holds each thing once: a permanent URL that is
 * absolute, one text for the summary and one for the whole, its files as enclosures.
 */
final class RssItem {
    private static final Namespace CONTENT = Namespace.getNamespace("content", Namespaces.CONTENT);
    private static final Namespace RDF = Namespace.getNamespace("rdf", Namespaces.RDF);
    private static final String[] TITLES = {"title", "dc:title", "atom:title", "media:title", "itunes:title"};
    private static final String[] SUMMARIES = {
        "description",
        "summary",
        "abstract",
        "dc:description",
        "atom:summary",
        "dcterms:abstract",
        "excerpt:encoded",
        "itunes:summary",
        "googleplay:description",
        "media:description"
    };
    private static final String[] CONTENTS = {
        "content:encoded",
        "encoded",
        "xhtml:body",
        "body",
        "fullitem",
        "content",
        "atom:content",
        "xhtml:div",
        "content:items"
    };

    /** What is plain text by its own rules, though many put HTML there. */
    private static final List<String> PLAIN = List.of("media:description", "abstract", "dcterms:abstract");

    private final Element item;
    private final String home;
    private final String documentBase;
    private final EntryParts parts;
    private final Element plain = new Element("item");

    private RssItem(Element item, String home, String documentBase) {
        this.item = item;
        this.home = home;
        this.documentBase = documentBase;
        this.parts = new EntryParts(item, home);
    }

    /**
     * @param item within its document, for what its forebears say of base and language; its dates already tidy
     * @param home the namespace the document's own names are in
     * @param documentBase what relative URLs are resolved against where no {@code xml:base} says otherwise
     */
    static Element plain(Element item, String home, String documentBase) {
        return new RssItem(item, home, documentBase).plain();
    }

    private Element plain() {
        Element title = parts.first(TITLES);
        if (title != null) {
            add("title", FeedTree.htmlOf(title, base(title)));
        }
        identity();
        texts();
        parts.authors().forEach(name -> plain.addContent(new Element("author", FeedTree.OURS).setText(name)));
        parts.topics().forEach(topic -> add("category", topic));
        plain.addContent(parts.files(documentBase));
        Element date = item.getChild("pubDate", item.getNamespace());
        if (date != null) {
            add("pubDate", date.getText());
        }
        item.getChildren().stream()
                .filter(each -> each.getNamespace().equals(FeedTree.OURS))
                .forEach(each -> plain.addContent(each.clone()));
        RssShape.ours(plain, "base", base(item));
        String own = FeedTree.language(parts.text("dc:language", "language"));
        String language = own == null ? FeedTree.language(item) : own;
        if (language != null) {
            RssShape.ours(plain, "language", language);
        }
        return plain;
    }

    private void add(String name, String text) {
        plain.addContent(new Element(name).setText(text));
    }

    private String base(Element element) {
        return FeedTree.base(element, documentBase);
    }

    private void identity() {
        Element guid = parts.first("guid", "id", "atom:id");
        String about = item.getAttributeValue("about", RDF);
        String id = guid != null ? guid.getText() : about;
        String url = Stream.concat(links(), Stream.of(guid == null ? "" : permanent(guid), about == null ? "" : about))
                .map(FeedTree::web)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (id != null && !id.isBlank()) {
            plain.addContent(
                    new Element("guid").setAttribute("isPermaLink", "false").setText(id.strip()));
        }
        if (url != null) {
            add("link", url);
        }
    }

    /** The story's own address first, before the one that counts clicks; then RSS's link, Atom's alternate, CDF's address. */
    private Stream<String> links() {
        Stream<String> originals =
                parts.all("feedburner:origlink", "pheedo:origlink").map(Element::getText);
        Stream<String> links = parts.all("link", "atom:link", "url", "a")
                .filter(link -> RssShape.isAlternate(EntryParts.attribute(link, "rel")))
                .map(link -> {
                    String href = EntryParts.attribute(link, "href");
                    String url = href == null ? link.getText() : href;
                    return url.isBlank() ? "" : FeedTree.resolve(base(link), url);
                });
        String href = EntryParts.attribute(item, "href");
        Stream<String> own = href == null ? Stream.of() : Stream.of(FeedTree.resolve(base(item), href));
        return Stream.of(originals, links, own).flatMap(each -> each);
    }

    /** A guid is a URL unless it says it is none (RSS 2.0); a bare word is none all the same. */
    private String permanent(Element guid) {
        String text = guid.getText().strip();
        boolean denied = "false".equalsIgnoreCase(EntryParts.attribute(guid, "ispermalink"));
        return denied ? "" : text.startsWith("/") ? FeedTree.resolve(base(guid), text) : text;
    }

    private void texts() {
        List<Element> contents =
                parts.all(CONTENTS).filter(EntryParts::holdsSomething).toList();
        List<Element> summaries =
                parts.all(SUMMARIES).filter(EntryParts::holdsSomething).toList();
        Element summary = summaries.isEmpty() ? null : summaries.get(0);
        Element content = contents.isEmpty() ? fuller(summaries) : contents.get(0);
        if (summary != null) {
            add("description", html(summary));
            RssShape.ours(plain, "summary-base", base(summary));
        }
        if (content != null) {
            plain.addContent(new Element("encoded", CONTENT).setText(html(content)));
            RssShape.ours(plain, "content-base", base(content));
        }
    }

    /** Of two different texts, neither of which says it is the whole, the longer one is, where it comes second; null where there is none such. */
    private @Nullable Element fuller(List<Element> summaries) {
        if (summaries.size() < 2) {
            return null;
        }
        String first = PlainText.of(html(summaries.get(0)));
        for (Element other : summaries.subList(1, summaries.size())) {
            String text = PlainText.of(html(other));
            if (text.length() >= first.length() && !text.equals(first)) {
                return other;
            }
        }
        return null;
    }

    private String html(Element text) {
        String word = Namespaces.word(text, home);
        if (word.equals("content:items")) {
            Element value = value(text);
            return value == null ? "" : FeedTree.htmlOf(value, base(value));
        }
        if (word.startsWith("atom:")) {
            return AtomShape.html(text, base(text));
        }
        String html = FeedTree.htmlOf(text, base(text));
        boolean saysHtml = "html".equalsIgnoreCase(EntryParts.attribute(text, "type"));
        return PLAIN.contains(word) && !saysHtml && text.getChildren().isEmpty() ? FeedTree.htmlOfPlain(html) : html;
    }

    /** The older way of RSS 1.0's content module: the text stands in an {@code rdf:value} some levels down. */
    private static @Nullable Element value(Element items) {
        for (Element child : items.getChildren()) {
            boolean value =
                    child.getName().equals("value") && child.getNamespaceURI().equals(Namespaces.RDF);
            Element found = value ? child : value(child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
