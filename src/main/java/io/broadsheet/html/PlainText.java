package io.broadsheet.html;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.select.NodeVisitor;

/** HTML as plain text. Safe for several threads, because it keeps nothing. */
public final class PlainText {
    /** More escapings than three were never meant. */
    private static final int DECODINGS_MAX = 3;

    /** As the sanitiser has it: deeper nesting costs time and means nothing. */
    private static final int DEPTH_MAX = 100;

    /** No headline comes near it; a longer one is cut. */
    private static final int TITLE_MAX = 10_000;

    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]*)(?:\\s[^<>]*|/)?>");
    private static final Pattern ENTITY =
            Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});");
    /** What HTML has been in wild use that today's has no more. */
    private static final Set<String> OBSOLETE = Set.of(
            "applet",
            "basefont",
            "bgsound",
            "blink",
            "center",
            "embed",
            "font",
            "frame",
            "frameset",
            "layer",
            "marquee",
            "noembed",
            "noframes",
            "object",
            "spacer",
            "strike",
            "svg",
            "math",
            "xml",
            "xmp");

    /** What is never text: scripts and style sheets with all they hold, comments, declarations, and the marks of CDATA that was escaped. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "(?is)<(script|style)\\b[^<>]{0,500}>.{0,10000}?</\\1\\s{0,20}>|<!--.{0,10000}?-->|<!doctype[^<>]{0,500}>|<!\\[CDATA\\[");

    private static final Set<String> ALONE = Set.of("br", "hr", "img", "wbr", "p");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "hr");

    private PlainText() {}

    /**
     * Readable text: paragraphs parted by an empty line, {@code br}, rows and list entries by a line break, list entries behind {@code "- "},
     * pictures left out. Ends without a line break.
     */
    public static String of(String html) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEPTH_MAX));
        document.select("script,style,template,head,title").remove();
        Lines lines = new Lines();
        document.body().traverse(lines);
        return XmlText.strip(lines.text());
    }

    /**
     * One line of plain text out of a title that may carry entities (also escaped twice) and markup. What merely looks like a tag, as in "a < b" or
     * "the <b> element", stays.
     */
    public static String title(String title) {
        String plain = withoutTags(title.substring(0, Math.min(title.length(), TITLE_MAX)));
        for (int decoded = 0; decoded < DECODINGS_MAX && ENTITY.matcher(plain).find(); decoded++) {
            plain = withoutTags(Parser.unescapeEntities(plain, true));
        }
        return line(plain);
    }

    /** One line of this plain text: white space and control characters of any kind are one space. */
    public static String line(String text) {
        return XmlText.strip(text)
                .replaceAll("[\\s\\u00A0\\u2028\\u2029\\u007F-\\u009F]+", " ")
                .strip();
    }

    private static String withoutTags(String given) {
        if (given.indexOf('<') < 0) {
            return given;
        }
        String inner = given.contains("<![CDATA[") ? given.replace("]]>", "") : given;
        String text = NO_TEXT.matcher(inner).replaceAll("");
        Matcher tags = TAG.matcher(text);
        Set<String> opened = new HashSet<>();
        Set<String> closed = new HashSet<>();
        while (tags.find()) {
            (tags.group(1).isEmpty() ? opened : closed).add(tags.group(2).toLowerCase(Locale.ROOT));
        }
        return tags.replaceAll(found -> {
            String name = found.group(2).toLowerCase(Locale.ROOT);
            boolean closing = !found.group(1).isEmpty();
            boolean paired = (closing ? opened : closed).contains(name);
            boolean known = Tag.isKnownTag(name) || OBSOLETE.contains(name);
            // Attributes are what nobody writes who merely speaks of a tag.
            boolean markup =
                    known && (ALONE.contains(name) || paired || found.group().indexOf('=') > 0);
            String instead = !markup ? found.group() : ALONE.contains(name) ? " " : "";
            return Matcher.quoteReplacement(instead);
        });
    }

    /** Gathers text in document order; breaks are remembered and written before the next text, so that none pile up. */
    private static final class Lines implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();
        private int breaks;
        private boolean space;
        private boolean bullet;
        private int preformatted;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode piece) {
                add(piece.getWholeText());
            } else if (node instanceof Element element) {
                preformatted += element.nameIs("pre") ? 1 : 0;
                edge(element);
                if (element.nameIs("li")) {
                    bullet = true;
                } else if (element.nameIs("td") || element.nameIs("th")) {
                    space = true;
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                preformatted -= element.nameIs("pre") ? 1 : 0;
                if (element.nameIs("br")) {
                    breaks = Math.min(breaks + 1, 2);
                } else {
                    edge(element);
                }
            }
        }

        private void edge(Element element) {
            if (PARAGRAPHS.contains(element.normalName())) {
                boolean nestedList =
                        element.parent() != null && element.parent().nameIs("li");
                breaks = Math.max(breaks, nestedList ? 1 : 2);
            } else if (element.isBlock() && !element.nameIs("td") && !element.nameIs("th")) {
                breaks = Math.max(breaks, 1);
            }
        }

        private void add(String piece) {
            for (int at = 0; at < piece.length(); at++) {
                char c = piece.charAt(at);
                if (preformatted > 0 && c == '\n') {
                    breaks++;
                } else if (preformatted == 0 && (Character.isWhitespace(c) || c == '\u00A0')) {
                    space = true;
                } else {
                    begin();
                    text.append(c);
                }
            }
        }

        private void begin() {
            if (breaks > 0 && !text.isEmpty()) {
                text.append("\n".repeat(breaks));
            } else if (space && !text.isEmpty()) {
                text.append(' ');
            }
            if (bullet) {
                text.append("- ");
            }
            breaks = 0;
            space = false;
            bullet = false;
        }

        String text() {
            return text.toString();
        }
    }
}
