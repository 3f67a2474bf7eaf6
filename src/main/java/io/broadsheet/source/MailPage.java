package io.broadsheet.source;

import io.broadsheet.html.ParseableHtml;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.html.XmlText;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** The HTML of a mail, seen as lines, so that a mail within it is found as in plain text. Used by one thread. */
final class MailPage {
    private static final int CHARACTERS_MAX = 1_000_000;
    private static final int TAGS_MAX = 20_000;
    private static final int DEPTH_MAX = 100;

    /** What nobody was meant to see, and pictures of a point that tell who read it. */
    private static final String HIDDEN =
            "script,style,[style~=(?i)display\\s*:\\s*none],img[width=1],img[height=1],img[width=0],img[height=0]";

    /** What mail programs write around a story. */
    private static final String NO_STORY =
            ".gmail_attr,.gmail_signature,.moz-signature,.moz-cite-prefix,.moz-email-headers-table";

    private final Document document;
    private final Sanitizer sanitizer;
    private final List<String> lines = new ArrayList<>();
    /** Of each line its first and its last node; none of an empty one. */
    private final List<List<Node>> nodes = new ArrayList<>();

    private final MailText text;

    /** @param forwarded whether the subject says that the mail was passed on */
    MailPage(String html, boolean forwarded, Sanitizer sanitizer, Notes notes) {
        this.sanitizer = sanitizer;
        document = Jsoup.parse(
                ParseableHtml.of(XmlText.strip(html), CHARACTERS_MAX, TAGS_MAX),
                "",
                Parser.htmlParser().setMaxDepth(DEPTH_MAX));
        document.select(HIDDEN).remove();
        new Lines().read(document.body());
        text = MailText.of(lines, forwarded, notes);
    }

    MailText text() {
        return text;
    }

    /**
     * The story, sanitised; empty when nothing is left of it. Called once.
     *
     * @param title is not repeated at the story's head
     */
    String story(String title, @Nullable String baseUrl) {
        Node below = text.end() < lines.size() ? first(text.end(), lines.size(), 0) : null;
        Node above = text.begin() > 0 ? first(text.begin() - 1, -1, 1) : null;
        if (below != null) {
            cut(below, false);
        }
        if (above != null) {
            cut(above, true);
        }
        document.select(NO_STORY).remove();
        Element heading = document.selectFirst("h1,h2,h3");
        if (heading != null && PlainText.title(FeedTree.escaped(heading.text())).equalsIgnoreCase(title)) {
            heading.remove();
        }
        String clean = sanitizer.sanitise(document.body().html(), baseUrl);
        return Jsoup.parse(clean).text().isBlank() ? "" : clean;
    }

    /** The first (0) or last (1) node of the nearest line that has any. */
    private @Nullable Node first(int from, int to, int which) {
        for (int at = from; at != to; at += from < to ? 1 : -1) {
            if (!nodes.get(at).isEmpty()) {
                return nodes.get(at).get(which);
            }
        }
        return null;
    }

    /** Removes a node and all that stands before it in the document, or behind it; all siblings at once, since there may be thousands. */
    private static void cut(Node edge, boolean before) {
        Node at = edge;
        while (at.parent() instanceof Element parent && !at.nameIs("body")) {
            List<Node> siblings = List.copyOf(parent.childNodes());
            int index = siblings.indexOf(at);
            int kept = at == edge ? 0 : 1;
            List<Node> left =
                    before ? siblings.subList(index + 1 - kept, siblings.size()) : siblings.subList(0, index + kept);
            parent.empty();
            parent.insertChildren(0, left);
            at = parent;
        }
    }

    /** Lines end at breaks, blocks and rows of tables; cells stand in one. */
    private final class Lines {
        private final StringBuilder line = new StringBuilder();
        private final List<Node> of = new ArrayList<>();

        void read(Element body) {
            body.traverse(new NodeVisitor() {
                @Override
                public void head(Node node, int depth) {
                    if (node instanceof TextNode words) {
                        take(words, words.text());
                    } else if (node.nameIs("br")) {
                        end(true);
                    } else if (node.nameIs("hr")) {
                        end(false);
                        take(node, "-----");
                        end(false);
                    } else if (isBlock(node)) {
                        end(false);
                    }
                }

                @Override
                public void tail(Node node, int depth) {
                    if (isBlock(node)) {
                        end(false);
                    }
                }
            });
            end(false);
        }

        private void take(Node node, String words) {
            line.append(words);
            if (of.size() > 1) {
                of.set(1, node);
            } else {
                of.add(node);
                of.add(node);
            }
        }

        private static boolean isBlock(Node node) {
            return node instanceof Element element && element.isBlock() && !node.nameIs("td") && !node.nameIs("th");
        }

        private void end(boolean broken) {
            if (broken || !line.isEmpty()) {
                lines.add(line.toString().replace('\u00a0', ' ').strip());
                nodes.add(line.toString().isBlank() ? List.of() : List.copyOf(of));
            }
            line.setLength(0);
            of.clear();
        }
    }
}
