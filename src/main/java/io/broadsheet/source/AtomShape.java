package io.broadsheet.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;

/**
 * Brings Atom 0.3 and 1.0 into Atom 1.0 as Rome reads it right: absolute URLs, plain dates, every text as escaped HTML, and nothing whose odd values
 * could make a module's parser throw.
 */
final class AtomShape {
    private static final Namespace ATOM = Namespace.getNamespace(Namespaces.ATOM);
    private static final Set<String> FEED_KEPT = Set.of("title", "link", "author", "entry");
    private static final Set<String> ENTRY_KEPT =
            Set.of("id", "title", "link", "author", "category", "content", "summary", "published");
    private static final Set<String> TEXTS = Set.of("title", "summary", "content", "subtitle");

    private static final Pattern MARKUP = Pattern.compile("<(?:p|br|div|a|img|ul|ol|b|i|em|strong|h[1-6])\\b[^<>]*>");

    private final String base;
    private final EntryDates dates;

    AtomShape(String base, EntryDates dates) {
        this.base = base;
        this.dates = dates;
    }

    Document shape(Document document) {
        Element feed = document.getRootElement();
        Namespace home = feed.getNamespace();
        toAtom(feed, home);
        for (Element child : List.copyOf(feed.getChildren())) {
            if (!isAtom(child) || !FEED_KEPT.contains(child.getName())) {
                child.detach();
            }
        }
        String language = FeedTree.language(feed);
        if (language != null) {
            RssShape.ours(feed, "language", language);
        }
        for (Element entry : feed.getChildren("entry", ATOM)) {
            entry(entry, home);
        }
        feed.getChildren("link", ATOM).forEach(link -> resolve(link, "href"));
        feed.getChildren("title", ATOM).forEach(AtomShape::asHtml);
        // All is absolute by now; Rome would resolve it once more, and by other rules.
        feed.removeAttribute("base", Namespace.XML_NAMESPACE);
        feed.getChildren("entry", ATOM).forEach(entry -> entry.removeAttribute("base", Namespace.XML_NAMESPACE));
        return document;
    }

    private void entry(Element entry, Namespace home) {
        toAtom(entry, home);
        RssShape.ours(entry, "base", textBase(entry));
        String language = FeedTree.language(entry);
        if (language != null) {
            RssShape.ours(entry, "language", language);
        }
        dates.tidy(entry, "published");
        Element source = entry.getChild("source", ATOM);
        Element sourceAuthor = source == null ? null : RssShape.firstNamed(source, "author");
        if (sourceAuthor != null && entry.getChild("author", ATOM) == null) {
            entry.addContent(sourceAuthor.detach());
        }
        media(entry);
        for (Element child : List.copyOf(entry.getChildren())) {
            child(child);
        }
    }

    /** The base of what is written in an entry: of its content, where that has its own. */
    private String textBase(Element entry) {
        Element content = entry.getChild("content", ATOM);
        Element text = content == null ? entry.getChild("summary", ATOM) : content;
        return FeedTree.base(text == null ? entry : text, base);
    }

    private void child(Element child) {
        boolean ours = child.getNamespace().equals(FeedTree.OURS);
        boolean kept = isAtom(child) && ENTRY_KEPT.contains(child.getName());
        boolean dublinCore = Namespaces.right(child.getNamespaceURI()).equals(Namespaces.DC)
                && (child.getName().equals("creator") || child.getName().equals("subject"));
        if (dublinCore) {
            child.setNamespace(Namespace.getNamespace("dc", Namespaces.DC));
        } else if (!kept && !ours) {
            child.detach();
        } else if (kept && child.getName().equals("link")) {
            resolve(child, "href");
        } else if (kept && TEXTS.contains(child.getName())) {
            asHtml(child);
        } else if (kept && child.getName().equals("author")) {
            child.getChildren().forEach(part -> part.setNamespace(ATOM));
        }
    }

    private void resolve(Element element, String attribute) {
        String url = element.getAttributeValue(attribute);
        if (url != null) {
            element.setAttribute(attribute, FeedTree.resolve(FeedTree.base(element, base), url));
        }
    }

    /** Atom's own elements get Atom 1.0's namespace and names, whatever dialect or spelling they were in. */
    private static void toAtom(Element parent, Namespace home) {
        parent.setNamespace(ATOM).setName(parent.getName().toLowerCase(Locale.ROOT));
        for (Element child : parent.getChildren()) {
            String uri = Namespaces.right(child.getNamespaceURI());
            boolean atom = uri.equals(Namespaces.ATOM) || uri.equals(Namespaces.ATOM_03);
            if (atom || uri.isEmpty() || child.getNamespace().equals(home)) {
                child.setNamespace(ATOM).setName(child.getName().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static boolean isAtom(Element element) {
        return element.getNamespaceURI().equals(Namespaces.ATOM);
    }

    /** Text constructs (RFC 4287 §3.1) and Atom 0.3's modes, all as {@code type="html"}. */
    private static void asHtml(Element text) {
        String type = text.getAttributeValue("type", "text").strip().toLowerCase(Locale.ROOT);
        String mode = text.getAttributeValue("mode", "").toLowerCase(Locale.ROOT);
        String html;
        if (mode.equals("base64")) {
            html = base64(text.getText());
        } else if (!text.getChildren().isEmpty()) {
            html = FeedTree.htmlOf(text);
        } else if (mode.equals("escaped") || type.contains("html")) {
            html = text.getText();
        } else {
            // Says it is plain text; where it holds markup all the same, that markup was meant.
            boolean markup = MARKUP.matcher(text.getText()).find();
            html = markup || text.getName().equals("title") ? text.getText() : FeedTree.escaped(text.getText());
        }
        text.removeAttribute("mode");
        text.setText(html).setAttribute("type", "html");
    }

    private static String base64(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            // One entry's damage is not the feed's: its text is lost, as it is to every reader.
            return "";
        }
    }

    private static void media(Element entry) {
        for (Element media : List.copyOf(entry.getChildren())) {
            if (!Namespaces.right(media.getNamespaceURI()).equals(Namespaces.MEDIA)) {
                continue;
            }
            boolean described = entry.getChild("summary", ATOM) != null || entry.getChild("content", ATOM) != null;
            Element description = RssShape.firstNamed(media, "description");
            if (!described && description != null) {
                entry.addContent(new Element("summary", ATOM).setText(description.getText()));
            }
            Element file = media.getName().equals("content") ? media : RssShape.firstNamed(media, "content");
            if (file != null && file.getAttributeValue("url") != null) {
                Element link = new Element("link", ATOM)
                        .setAttribute("rel", "enclosure")
                        .setAttribute("href", file.getAttributeValue("url"));
                String type = file.getAttributeValue("type");
                entry.addContent(type == null ? link : link.setAttribute("type", type));
            }
        }
    }
}
