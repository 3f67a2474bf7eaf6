package io.broadsheet.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Brings RSS of every dialect (0.9x, RDF 0.90 and 1.0, 2.0, with or without a namespace of its own) into RSS 2.0 as Rome reads it right: absolute URLs,
 * plain dates, items within the channel, and nothing whose odd values could make a module's parser throw.
 */
final class RssShape {
    private static final Map<String, String> NAMES = Stream.of(
                    "title",
                    "link",
                    "description",
                    "language",
                    "item",
                    "guid",
                    "pubDate",
                    "author",
                    "category",
                    "enclosure",
                    "channel")
            .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private static final Set<String> CHANNEL_KEPT = Set.of("title", "link", "description", "language", "item");
    private static final Set<String> ITEM_KEPT = Set.of(
            "title",
            "link",
            "description",
            "guid",
            "author",
            "category",
            "enclosure",
            "pubDate",
            "creator",
            "subject",
            "encoded",
            "date-from",
            "updated",
            "base",
            "language");
    private static final Namespace RDF = Namespace.getNamespace("rdf", Namespaces.RDF);

    private final String base;
    private final EntryDates dates;

    RssShape(String base, EntryDates dates) {
        this.base = base;
        this.dates = dates;
    }

    Document shape(Document document) {
        Element root = document.detachRootElement();
        Namespace home = root.getNamespace();
        Element channel = root.getName().equalsIgnoreCase("channel") ? root : firstNamed(root, "channel");
        Element whole = channel == null ? new Element("channel") : channel;
        for (Element item : List.copyOf(root.getChildren())) {
            if (item.getName().equalsIgnoreCase("item") && root != whole) {
                whole.addContent(item.detach());
            }
        }
        tidyNames(whole, home);
        String documentBase = FeedTree.base(root, base);
        String channelBase = documentBase.isEmpty() ? channelLink(whole) : documentBase;
        for (Element item : List.copyOf(whole.getChildren("item"))) {
            tidyNames(item, home);
            item(item, channelBase);
        }
        channel(whole, channelBase);
        Element rss = new Element("rss").setAttribute("version", "2.0");
        String language = FeedTree.language(root);
        if (language != null && whole.getChild("language") == null) {
            whole.addContent(new Element("language").setText(language));
        }
        return new Document(rss.addContent(whole.detach()));
    }

    private static String channelLink(Element channel) {
        String link = FeedTree.web(channel.getChildText("link"));
        return link == null ? "" : link;
    }

    /** Elements of RSS itself lose whatever namespace they were in, and their names get RSS 2.0's case. */
    private static void tidyNames(Element parent, Namespace home) {
        parent.setNamespace(Namespace.NO_NAMESPACE)
                .setName(NAMES.getOrDefault(parent.getName().toLowerCase(Locale.ROOT), parent.getName()));
        for (Element child : parent.getChildren()) {
            String uri = Namespaces.right(child.getNamespaceURI());
            boolean own =
                    child.getNamespacePrefix().isEmpty() || child.getNamespace().equals(home);
            boolean ours = own || uri.toLowerCase(Locale.ROOT).contains("rss/1.0/") && !uri.contains("modules");
            String prefix = child.getNamespacePrefix();
            String name = child.getName();
            if (ours && !name.equals("encoded")) {
                child.setNamespace(Namespace.NO_NAMESPACE)
                        .setName(NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name));
            } else if (!uri.equals(child.getNamespaceURI())) {
                child.setNamespace(Namespace.getNamespace(prefix.isEmpty() ? "content" : prefix, uri));
            }
        }
    }

    private void channel(Element channel, String channelBase) {
        for (Element child : List.copyOf(channel.getChildren())) {
            boolean language = child.getName().equals("language");
            boolean kept = CHANNEL_KEPT.contains(child.getName())
                    && (child.getNamespace() == Namespace.NO_NAMESPACE || language);
            if (!kept) {
                child.detach();
            } else if (language) {
                child.setNamespace(Namespace.NO_NAMESPACE);
            }
        }
        Element link = channel.getChild("link");
        if (link != null) {
            link.setText(FeedTree.resolve(channelBase, link.getText()));
        }
    }

    private void item(Element item, String channelBase) {
        String itemBase = FeedTree.base(item, channelBase);
        dates.tidy(item, "pubDate");
        String about = item.getAttributeValue("about", RDF);
        if (item.getChild("guid") == null && about != null) {
            item.addContent(
                    new Element("guid").setAttribute("isPermaLink", "false").setText(about.strip()));
        }
        link(item, itemBase);
        media(item, itemBase);
        String language = FeedTree.language(item);
        for (Element child : List.copyOf(item.getChildren())) {
            tidyChild(child, itemBase);
        }
        ours(item, "base", itemBase);
        if (language != null) {
            ours(item, "language", language);
        }
    }

    private static void tidyChild(Element child, String itemBase) {
        String name = child.getName();
        String uri = child.getNamespaceURI();
        boolean body = uri.equals(Namespaces.XHTML) && (name.equals("body") || name.equals("div"));
        if (body) {
            String html = FeedTree.htmlOf(child);
            child.setName("encoded")
                    .setNamespace(Namespace.getNamespace("content", Namespaces.CONTENT))
                    .setText(html);
        } else if (uri.equals(Namespaces.DC) && name.equals("language")) {
            ours(child.getParentElement(), "language", String.valueOf(FeedTree.language(child.getText())));
            child.detach();
        } else if (uri.equals(Namespaces.ATOM) && name.equals("author")) {
            // RSS with Atom's persons: the name is what counts.
            Element person = firstNamed(child, "name");
            child.getParentElement()
                    .addContent(new Element("creator", Namespace.getNamespace("dc", Namespaces.DC))
                            .setText(person == null ? child.getText() : person.getText()));
            child.detach();
        } else if (!isKept(uri, name)) {
            child.detach();
        } else if (name.equals("enclosure")) {
            child.setAttribute("url", FeedTree.resolve(itemBase, child.getAttributeValue("url", "")));
        } else if (!child.getChildren().isEmpty()) {
            child.setText(FeedTree.htmlOf(child));
        }
    }

    private static boolean isKept(String uri, String name) {
        boolean known = uri.isEmpty()
                || uri.equals(Namespaces.DC)
                || uri.equals(Namespaces.CONTENT)
                || uri.equals(FeedTree.OURS.getURI());
        return known && ITEM_KEPT.contains(name);
    }

    /** One link remains: RSS's own, else Atom's alternate, else the guid when it is a permanent link. */
    private static void link(Element item, String itemBase) {
        String url = null;
        for (Element link : List.copyOf(item.getChildren())) {
            if (!link.getName().equalsIgnoreCase("link")) {
                continue;
            }
            String rel = link.getAttributeValue("rel", "alternate");
            String href = link.getAttributeValue("href", link.getText());
            boolean atomEnclosure = rel.equals("enclosure");
            if (atomEnclosure) {
                item.addContent(
                        enclosure(href, link.getAttributeValue("type"), link.getAttributeValue("length"), itemBase));
            } else if (url == null && rel.equals("alternate") && !href.isBlank()) {
                url = FeedTree.web(FeedTree.resolve(itemBase, href));
            }
            link.detach();
        }
        Element guid = item.getChild("guid");
        if (url == null && guid != null && !"false".equalsIgnoreCase(guid.getAttributeValue("isPermaLink"))) {
            url = FeedTree.web(guid.getText());
        }
        if (url != null) {
            item.addContent(new Element("link").setText(url));
        }
    }

    /** Media RSS's files become enclosures, and its description serves where there is no other. */
    private static void media(Element item, String itemBase) {
        for (Element media : List.copyOf(item.getChildren())) {
            if (!media.getNamespaceURI().equals(Namespaces.MEDIA)) {
                continue;
            }
            Stream.concat(Stream.of(media), media.getChildren().stream()).forEach(part -> {
                String url = part.getAttributeValue("url");
                if (part.getName().equals("content") && url != null) {
                    item.addContent(enclosure(
                            url, part.getAttributeValue("type"), part.getAttributeValue("fileSize"), itemBase));
                } else if (part.getName().equals("description") && item.getChild("description") == null) {
                    item.addContent(new Element("description").setText(FeedTree.escaped(part.getText())));
                }
            });
        }
    }

    private static Element enclosure(String url, @Nullable String type, @Nullable String length, String itemBase) {
        Element enclosure = new Element("enclosure").setAttribute("url", FeedTree.resolve(itemBase, url));
        if (type != null) {
            enclosure.setAttribute("type", type);
        }
        return length == null ? enclosure : enclosure.setAttribute("length", length);
    }

    static void ours(Element entry, String name, String value) {
        if (entry.getChild(name, FeedTree.OURS) == null) {
            entry.addContent(new Element(name, FeedTree.OURS).setText(value));
        }
    }

    static @Nullable Element firstNamed(Element parent, String name) {
        return parent.getChildren().stream()
                .filter(child -> child.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
