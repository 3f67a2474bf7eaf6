package io.broadsheet.source;

import io.broadsheet.html.XmlText;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.jdom2.Attribute;
import org.jdom2.Content;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.JDOMException;
import org.jdom2.Namespace;
import org.jdom2.Text;
import org.jdom2.input.SAXBuilder;
import org.jdom2.input.sax.XMLReaders;
import org.jsoup.internal.StringUtil;
import org.jspecify.annotations.Nullable;

/** XML trees: read safely, and what feeds' elements say by attributes of their forebears. */
final class FeedTree {
    /** What we tell ourselves about an entry, in its own tree, where Rome hands it through untouched. */
    static final Namespace OURS = Namespace.getNamespace("broadsheet", "urn:broadsheet:read");

    /** What servers take at most, rounded up. */
    private static final int URL_MAX = 10_000;

    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:");
    private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s/?#]");
    private static final Set<String> LINKS = Set.of("href", "src");
    private static final Pattern MARKUP = Pattern.compile(
            "<(?:p|br|div|a|img|ul|ol|li|b|i|em|strong|span|blockquote|h[1-6])\\b[^<>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern VOID = Pattern.compile("(?i)br|hr|img|wbr|input");

    private FeedTree() {}

    /**
     * @param xml without a DOCTYPE; one is refused, and no entity or outside file is ever read
     * @return null when it is not well-formed after all
     */
    static @Nullable Document read(String xml) {
        SAXBuilder builder = new SAXBuilder(XMLReaders.NONVALIDATING);
        builder.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        builder.setFeature("http://xml.org/sax/features/external-general-entities", false);
        builder.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        builder.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        builder.setExpandEntities(false);
        try {
            return builder.build(new StringReader(xml));
        } catch (JDOMException | IOException | IllegalArgumentException e) {
            // JDOM's own rules for names, texts and namespaces are a little stricter than XML's, and told by
            // IllegalArgumentException.
            // The caller says it in the reader's words; which column Xerces stumbled over helps nobody.
            return null;
        }
    }

    /** The base of an element's relative URLs: its own and its forebears' {@code xml:base}, then the document's; empty when there is none. */
    static String base(Element element, String documentBase) {
        String above =
                element.getParentElement() == null ? documentBase : base(element.getParentElement(), documentBase);
        String own = element.getAttributeValue("base", Namespace.XML_NAMESPACE);
        return own == null ? above : resolve(above, own);
    }

    /** The nearest {@code xml:lang}, or null. */
    static @Nullable String language(Element element) {
        String own = element.getAttributeValue("lang", Namespace.XML_NAMESPACE);
        if (own != null && !own.isBlank()) {
            return language(own);
        }
        return element.getParentElement() == null ? null : language(element.getParentElement());
    }

    /** A BCP 47 tag in its canonical form, or null for what is none. */
    static @Nullable String language(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String canonical = Locale.forLanguageTag(tag.strip().replace('_', '-')).toLanguageTag();
        return canonical.equals("und") ? null : canonical;
    }

    /** The URL made absolute; as it was when it can't be. */
    static String resolve(String base, String url) {
        String tidy = url.strip().replace(" ", "%20").replace("&amp;", "&");
        if (tidy.isEmpty() || base.isEmpty() || SCHEME.matcher(tidy).lookingAt()) {
            return tidy;
        }
        return StringUtil.resolve(base, tidy);
    }

    /** Only an absolute http(s) URL that a browser would follow counts as one; null for all else. */
    static @Nullable String web(@Nullable String url) {
        if (url == null || url.length() > URL_MAX || !WEB.matcher(url.strip()).lookingAt()) {
            return null;
        }
        String tidy = XmlText.strip(url.strip()).replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]", "%20");
        try {
            return URI.create(tidy).toString();
        } catch (IllegalArgumentException e) {
            // Signs that RFC 3986 wants escaped are common and harmless; the URL stays as it is.
            return tidy;
        }
    }

    /**
     * An element's text, or, where markup was put in unescaped, that markup as HTML.
     *
     * @param base of the element; markup within that has an {@code xml:base} of its own gets absolute URLs by it
     */
    static String htmlOf(Element element, String base) {
        if (element.getChildren().isEmpty()) {
            return element.getText();
        }
        StringBuilder html = new StringBuilder();
        element.getContent().forEach(content -> write(content, base, false, html));
        return html.toString();
    }

    /** Recursive, which the mender's limit of depth makes safe. */
    private static void write(Content content, String base, boolean rebased, StringBuilder html) {
        if (content instanceof Text text) {
            html.append(escaped(text.getText()));
        } else if (content instanceof Element element) {
            String own = element.getAttributeValue("base", Namespace.XML_NAMESPACE);
            String inner = own == null ? base : resolve(base, own);
            boolean absolute = rebased || own != null;
            html.append('<').append(element.getName());
            for (Attribute attribute : element.getAttributes()) {
                boolean link = absolute && LINKS.contains(attribute.getName().toLowerCase(Locale.ROOT));
                html.append(' ')
                        .append(attribute.getName())
                        .append("=\"")
                        .append(escaped(link ? resolve(inner, attribute.getValue()) : attribute.getValue()))
                        .append('"');
            }
            html.append('>');
            element.getContent().forEach(child -> write(child, inner, absolute, html));
            if (!VOID.matcher(element.getName()).matches()) {
                html.append("</").append(element.getName()).append('>');
            }
        }
    }

    /** Plain text as HTML; where text that should be plain holds markup all the same, that markup was meant. */
    static String htmlOfPlain(String text) {
        return MARKUP.matcher(text).find() ? text : escaped(text);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
