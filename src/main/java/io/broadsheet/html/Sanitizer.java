package io.broadsheet.html;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jspecify.annotations.Nullable;

/**
 * Makes foreign HTML safe to publish and to mail: what the allow-list names stays, all else goes. Safe for several threads, because each call has
 * its own tree.
 */
public final class Sanitizer {
    /** Stored with the text it made: text of an older version is sanitised again. Raise it with every change of what comes out. */
    public static final int VERSION = 2;

    /** Gone with all they hold: their text was never meant to be read. */
    private static final String REMOVED =
            "script,style,template,svg,math,iframe,frame,noframes,embed,param,head,title,meta,link,base,"
                    + "textarea,select,button,input,option,datalist,canvas,audio,video,noembed,xmp,plaintext";

    /** Blocks we don't keep by name, but whose edges part text from text. */
    private static final String BLOCKS =
            "article,section,header,footer,main,aside,nav,center,address,details,summary,fieldset,form,dialog,hgroup,dir,menu";

    private static final String[] ELEMENTS = {
        "p",
        "div",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "a",
        "img",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "del",
        "ins",
        "mark",
        "small",
        "sub",
        "sup",
        "code",
        "kbd",
        "samp",
        "var",
        "q",
        "cite",
        "abbr",
        "dfn",
        "time"
    };

    private static final Pattern SPAN = Pattern.compile("[1-9]\\d{0,2}");
    private static final Pattern START = Pattern.compile("-?\\d{1,6}");

    /** Elements within elements: pages have some thirty, and each costs the parser time for all those above it. */
    private static final int DEPTH_MAX = 100;

    /** Twenty times the longest article seen. What is longer ends there. */
    private static final int CHARACTERS_MAX = 1_000_000;

    /** A table of a thousand rows has so many. What has more ends there. */
    private static final int TAGS_MAX = 20_000;

    private static final Set<String> VOID_KEPT = Set.of("br", "hr", "img", "td", "th");

    /** Where pictures are that a document names in its own way. Called for each as it stands in the document, unchecked. */
    public interface Pictures {
        /** Knows none. */
        Pictures NONE = reference -> null;

        /** Absolute http(s) URL to show in the reference's place; absent where the reference is an address like any other. */
        @Nullable
        String address(String reference);
    }

    /** As the other, where no picture has a name of its own. */
    public String sanitise(String html, @Nullable String baseUrl) {
        return sanitise(html, baseUrl, Pictures.NONE);
    }

    /**
     * @param html a fragment or a whole document; plain text is HTML too
     * @param baseUrl what relative URLs are resolved against; absent: relative links lose their target, relative images go
     * @param pictures is asked before anything is resolved
     * @return a fragment in canonical form: the same input gives the same bytes, and sanitising it again changes nothing
     */
    public String sanitise(String html, @Nullable String baseUrl, Pictures pictures) {
        Parser parser = Parser.htmlParser().setMaxDepth(DEPTH_MAX);
        Document dirty = Jsoup.parse(
                ParseableHtml.of(XmlText.strip(html), CHARACTERS_MAX, TAGS_MAX),
                baseUrl == null ? "" : baseUrl,
                parser);
        // A base element of the document would bend every relative link in it.
        dirty.setBaseUri(baseUrl == null ? "" : baseUrl);
        dirty.select(REMOVED).remove();
        // What they hold is for those who can't show them, and that is everybody now.
        dirty.select("object,applet").unwrap();
        dirty.select(BLOCKS).tagName("div");
        // Lazy loading puts the picture here and a placeholder into src, often as a data: URL.
        for (Element image : dirty.select("img[data-src]")) {
            if (image.absUrl("src").isEmpty() || image.attr("src").startsWith("data:")) {
                image.attr("src", image.attr("data-src"));
            }
        }
        for (Element image : dirty.select("img[src]")) {
            String address = pictures.address(image.attr("src").strip());
            if (address != null) {
                image.attr("src", address);
            }
        }
        Document clean = new Cleaner(allowed()).clean(dirty);
        tidy(clean.body());
        clean.outputSettings()
                .prettyPrint(false)
                .escapeMode(Entities.EscapeMode.xhtml)
                .charset("UTF-8");
        return clean.body().html().strip();
    }

    private static Safelist allowed() {
        return new Safelist()
                .addTags(ELEMENTS)
                .addAttributes("a", "href")
                .addAttributes("img", "src", "alt")
                .addAttributes("abbr", "title")
                .addAttributes("ol", "start")
                .addAttributes("td", "colspan", "rowspan")
                .addAttributes("th", "colspan", "rowspan")
                .addProtocols("a", "href", "http", "https", "mailto")
                .addProtocols("img", "src", "http", "https");
    }

    private static void tidy(Element body) {
        body.select("img:not([src])").remove();
        body.select("a:not([href]),time").unwrap();
        for (Element cell : body.select("[colspan],[rowspan]")) {
            keepIf(cell, "colspan", SPAN);
            keepIf(cell, "rowspan", SPAN);
        }
        for (Element list : body.select("ol[start]")) {
            keepIf(list, "start", START);
        }
        // Character references such as &#1; are only now characters.
        body.traverse((node, depth) -> {
            if (node instanceof TextNode text) {
                String stripped = XmlText.strip(text.getWholeText());
                if (!stripped.equals(text.getWholeText())) {
                    text.text(stripped);
                }
            } else if (node instanceof Element element) {
                for (Attribute attribute : element.attributes().asList()) {
                    element.attr(attribute.getKey(), XmlText.strip(attribute.getValue()));
                }
            }
        });
        removeEmpty(body);
    }

    private static void keepIf(Element element, String attribute, Pattern pattern) {
        if (!pattern.matcher(element.attr(attribute)).matches()) {
            element.removeAttr(attribute);
        }
    }

    /** Paragraphs and divs that hold nothing are what removed things leave behind; innermost first, so that shells of shells go too. */
    private static void removeEmpty(Element body) {
        List<Element> boxes = body.select("p,div,figure,a,span");
        for (int at = boxes.size() - 1; at >= 0; at--) {
            Element box = boxes.get(at);
            boolean holdsElement = !box.children().isEmpty();
            if (!holdsElement && !VOID_KEPT.contains(box.normalName()) && isBlank(box.wholeText())) {
                box.remove();
            }
        }
    }

    private static boolean isBlank(String text) {
        return text.replace('\u00A0', ' ').isBlank();
    }
}
