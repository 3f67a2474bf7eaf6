package io.broadsheet.source;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * Brings RSS of every dialect (0.9x, RDF 0.90 and 1.0, 1.1, 2.0, with or without a namespace of its own) and CDF into RSS 2.0 as Rome reads it
 * right: absolute URLs, plain dates, items within the channel ({@link RssItem}), and nothing whose odd values could make a module's parser throw.
 */
final class RssShape {
    private static final String[] LANGUAGES = {"language", "dc:language"};

    private static final Pattern ALTERNATE = Pattern.compile(
            "(?:http://www\\.iana\\.org/assignments/relation/)?(?:\\S+\\s+)?alternate(?:\\s.*)?|",
            Pattern.CASE_INSENSITIVE);

    private final String base;
    private final EntryDates dates;

    RssShape(String base, EntryDates dates) {
        this.base = base;
        this.dates = dates;
    }

    Document shape(Document document) {
        Element root = document.getRootElement();
        String home = Namespaces.right(root.getNamespaceURI());
        Element channel = isNamed(root, "channel") ? root : firstNamed(root, "channel");
        EntryParts about = new EntryParts(channel == null ? root : channel, home);
        String link = channel == null ? null : link(channel, about);
        String documentBase = base.isEmpty() && link != null ? link : base;
        Element plain = new Element("channel");
        add(plain, "title", about.first("title", "dc:title", "atom:title"));
        if (link != null) {
            plain.addContent(new Element("link").setText(link));
        }
        String said = FeedTree.language(about.text(LANGUAGES));
        String language = said != null ? said : FeedTree.language(channel == null ? root : channel);
        if (language != null) {
            plain.addContent(new Element("language").setText(language));
        }
        for (Element item : items(root, channel)) {
            String touched = EntryParts.attribute(item, "lastmod");
            if (touched != null) {
                // CDF says it by an attribute.
                item.addContent(new Element("lastmod").setText(touched));
            }
            dates.tidy(item, "pubDate");
            plain.addContent(RssItem.plain(item, home, documentBase));
        }
        return new Document(new Element("rss").setAttribute("version", "2.0").addContent(plain));
    }

    private void add(Element plain, String name, @Nullable Element element) {
        if (element != null) {
            plain.addContent(new Element(name).setText(FeedTree.htmlOf(element, base)));
        }
    }

    /** Within the channel, beside it as in RDF, in a list of their own as in RSS 1.1, or in a channel within as in CDF. */
    private static List<Element> items(Element root, @Nullable Element channel) {
        Set<Element> items = new LinkedHashSet<>();
        Stream.of(Stream.ofNullable(channel), Stream.of(root), lists(channel), lists(root))
                .flatMap(each -> each)
                .forEach(parent -> parent.getChildren().stream()
                        .filter(child -> isNamed(child, "item"))
                        .forEach(items::add));
        return List.copyOf(items);
    }

    private static Stream<Element> lists(@Nullable Element parent) {
        return parent == null
                ? Stream.of()
                : parent.getChildren().stream().filter(child -> isNamed(child, "items") || isNamed(child, "channel"));
    }

    private @Nullable String link(Element channel, EntryParts about) {
        String own = EntryParts.attribute(channel, "href");
        return Stream.concat(
                        about.all("link", "atom:link")
                                .filter(link -> isAlternate(EntryParts.attribute(link, "rel")))
                                .map(link -> {
                                    String href = EntryParts.attribute(link, "href");
                                    String url = href == null ? link.getText() : href;
                                    return url.isBlank() ? "" : FeedTree.resolve(FeedTree.base(link, base), url);
                                }),
                        Stream.ofNullable(own))
                .map(FeedTree::web)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A link without a relation is one to the page itself (RFC 4287 §4.2.7.2). */
    static boolean isAlternate(@Nullable String relation) {
        return relation == null || ALTERNATE.matcher(relation.strip()).matches();
    }

    static void ours(Element entry, String name, String value) {
        if (entry.getChild(name, FeedTree.OURS) == null) {
            entry.addContent(new Element(name, FeedTree.OURS).setText(value));
        }
    }

    private static boolean isNamed(Element element, String name) {
        return element.getName().equalsIgnoreCase(name);
    }

    static @Nullable Element firstNamed(Element parent, String name) {
        return parent.getChildren().stream()
                .filter(child -> isNamed(child, name))
                .findFirst()
                .orElse(null);
    }
}
