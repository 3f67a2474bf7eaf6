package io.broadsheet.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Tidies the copy of a story's element line by line: text that stands bare or is parted by line breaks becomes paragraphs, and lines that are none of
 * the story go, such as the headline said again, "Read more: ...", an end mark and what follows. Used by one thread, on a tree of its own.
 */
final class BodyLines {
    /** Less is a label, a quote or a line of a list. */
    private static final int PROSE_MIN = 80;

    private static final int LABEL_MAX = 45;

    /** Behind more lines than this nobody tells who wrote it, and short lines are the text. */
    private static final int HEAD_LINES_MAX = 12;

    /** Shorter lines are said twice in good faith. */
    private static final int REPEATED_MIN = 60;

    /** What may follow a heading such as "Related" and still go with it, of all the text. */
    private static final double TAIL_MAX = 0.3;

    private static final Pattern STOPPED = Pattern.compile("[.!?:;,。！？؟…\"”»)—–-]$");
    private static final Set<String> TABLES = Set.of("table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "pre");

    private final Element content;
    private final String titleKey;
    private final ReleaseLines told;
    private final List<Line> lines = new ArrayList<>();
    private boolean cut;

    private record Line(Element element, String text) {
        boolean isProse() {
            return text.length() >= PROSE_MIN
                    || (text.length() >= PROSE_MIN / 3 && text.charAt(text.length() / 2) >= 0x2E80);
        }

        boolean isHeading() {
            return Box.isHeading(element);
        }

        boolean isLabel() {
            boolean plain = element.nameIs("p") || element.nameIs("div") || element.nameIs("section");
            return plain && text.length() < LABEL_MAX && !STOPPED.matcher(text).find();
        }
    }

    private BodyLines(Element content, String title, ReleaseLines told) {
        this.content = content;
        this.titleKey = PageTitle.key(title);
        this.told = told;
    }

    /**
     * @param told what lines tell of author, unit and dates is taken from the text's beginning too
     * @return whether anything was left out
     */
    static boolean tidy(Element content, String title, ReleaseLines told) {
        BodyLines body = new BodyLines(content, title, told);
        paragraphs(content);
        body.gather(content);
        body.judge();
        return body.cut;
    }

    /** Makes each run of bare text beside blocks, or between line breaks, a paragraph. @return whether it holds a block */
    private static boolean paragraphs(Element element) {
        boolean holdsBlock = false;
        int breaks = 0;
        List<Node> nodes = new ArrayList<>(element.childNodes());
        Set<Node> blocks = new HashSet<>();
        for (Node node : nodes) {
            if (node instanceof Element child) {
                boolean block = paragraphs(child) || child.isBlock();
                breaks += child.nameIs("br") ? 1 : 0;
                holdsBlock |= block;
                if (block) {
                    blocks.add(child);
                }
            }
        }
        boolean table = TABLES.contains(element.normalName());
        if (table || (!holdsBlock && breaks < 2)) {
            return holdsBlock;
        }
        wrap(element, nodes, blocks);
        return true;
    }

    private static void wrap(Element element, List<Node> nodes, Set<Node> blocks) {
        if (element.nameIs("p")) {
            element.tagName("div");
        }
        List<Node> run = new ArrayList<>();
        List<Node> ready = new ArrayList<>();
        int breaks = 0;
        for (Node node : nodes) {
            boolean blank = node instanceof TextNode text && text.isBlank();
            if (blocks.contains(node)) {
                close(run, ready);
                ready.add(node);
            } else if (node instanceof Element child && child.nameIs("br")) {
                breaks++;
                run.add(node);
            } else {
                if (breaks > 1 && !blank) {
                    close(run, ready);
                }
                breaks = blank ? breaks : 0;
                run.add(node);
            }
        }
        close(run, ready);
        element.empty();
        ready.forEach(element::appendChild);
    }

    private static void close(List<Node> run, List<Node> ready) {
        while (!run.isEmpty() && isSpace(run.get(run.size() - 1))) {
            run.remove(run.size() - 1);
        }
        while (!run.isEmpty() && isSpace(run.get(0))) {
            run.remove(0);
        }
        if (!run.isEmpty()) {
            Element paragraph = new Element("p");
            run.forEach(paragraph::appendChild);
            ready.add(paragraph);
            run.clear();
        }
    }

    private static boolean isSpace(Node node) {
        return node instanceof TextNode text ? text.isBlank() : node.nameIs("br");
    }

    /** @return whether a block below holds text of its own */
    private boolean gather(Element element) {
        boolean below = false;
        for (Element child : element.children()) {
            below |= gather(child);
        }
        if (!below && element != content && (element.isBlock() || element.nameIs("li") || element.nameIs("td"))) {
            String text = element.text().strip();
            if (!text.isEmpty()) {
                lines.add(new Line(element, text));
                return true;
            }
        }
        return below;
    }

    private void judge() {
        int first = -1;
        int all = 0;
        for (int at = 0; at < lines.size(); at++) {
            all += lines.get(at).text().length();
            first = first < 0 && lines.get(at).isProse() && !lines.get(at).isHeading() ? at : first;
        }
        if (first < 0) {
            // A notice of one sentence: it begins where a line ends as sentences do.
            first = 0;
            while (first < lines.size()
                    && (lines.get(first).isLabel() || lines.get(first).isHeading())) {
                first++;
            }
        }
        int left = all;
        Set<String> said = new HashSet<>();
        List<Line> gone = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Line line = lines.get(at);
            left -= line.text().length();
            boolean behind = left < TAIL_MAX * all && at > first;
            boolean mark = TextFurniture.isEndMark(line.text()) && left < 0.6 * all;
            if (mark || (behind && PageFurniture.isHeading(line.text()) && !line.isProse())) {
                gone.addAll(lines.subList(at, lines.size()));
                break;
            }
            if (isForeign(line, at < first && at < HEAD_LINES_MAX) || isRepeated(line, said)) {
                gone.add(line);
            }
        }
        // The last first: an element that goes moves all behind it.
        for (int at = gone.size() - 1; at >= 0; at--) {
            remove(gone.get(at));
        }
        lines.removeAll(new HashSet<>(gone));
        endWithText();
    }

    private static boolean isRepeated(Line line, Set<String> said) {
        return line.text().length() >= REPEATED_MIN && !said.add(PageTitle.key(line.text()));
    }

    private boolean isForeign(Line line, boolean above) {
        String text = line.text();
        boolean asHeading = PageFurniture.isHeading(text) && (line.isHeading() || line.isLabel());
        if (PageFurniture.isLine(text) || asHeading || PageTitle.key(text).equals(titleKey)) {
            return true;
        }
        if (!above) {
            return TextFurniture.isBelow(text);
        }
        boolean listed = line.element().nameIs("li") || line.element().nameIs("td");
        return told.take(text)
                || TextFurniture.isAbove(text)
                || line.element().nameIs("h1")
                || (line.isLabel() && !listed);
    }

    private void remove(Line line) {
        // That the headline stands in the title alone is no loss to tell of.
        cut |= !PageTitle.key(line.text()).equals(titleKey);
        Element empty = line.element();
        Element around = empty.parent();
        empty.remove();
        while (around != null && around != content && !around.hasText() && around.selectFirst("img") == null) {
            Element next = around.parent();
            around.remove();
            around = next;
        }
    }

    /** A heading with nothing below it announced what was left out. */
    private void endWithText() {
        for (int at = lines.size() - 1; at >= 0; at--) {
            Line line = lines.get(at);
            if (line.element().ownerDocument() == null && !line.element().hasParent()) {
                continue;
            }
            if (!line.isHeading()) {
                return;
            }
            remove(line);
        }
    }
}
