package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * One element of a page and what its text amounts to. Lengths are in letters of an alphabet: white space counts nothing, and a sign that stands for
 * a syllable or a word counts {@link #WIDE}. Dropping changes this tree alone; the page's own stays whole. Used by one thread.
 */
final class Box {
    /** An ideograph, a kana or a Hangul syllable says about as much as this many letters. */
    private static final int WIDE = 2;

    /** Shorter text of one block is a label. */
    private static final int LABEL_MAX = 20;

    /** Longer text without a comma or a full stop may still be prose: not every script writes them. */
    private static final int UNSTOPPED_LABEL_MAX = 160;

    private static final String STOPS = ".,;:!?…،؛؟۔。、，！？；।။።";
    private static final Set<String> NO_PROSE = Set.of(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "figcaption",
            "caption",
            "th",
            "dt",
            "legend",
            "label",
            "summary",
            "body",
            "html");
    private static final Set<String> SHOWN = Set.of("img", "br", "hr");
    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

    final Element element;
    final @Nullable Box parent;
    final Hints hints;

    /** Among the parent's children. */
    final int index;

    final List<Box> children = new ArrayList<>(2);

    private final StringBuilder own = new StringBuilder(0);
    private int ownLength;
    private int ownLinked;
    private int ownStops;
    private boolean dropped;
    private boolean guided;
    private boolean speaks;

    private int length;
    private int linked;
    private int prose;
    private int proseBlocks;
    private int shows;

    private Box(Element element, @Nullable Box parent, Hints.Reader hints) {
        this.element = element;
        this.parent = parent;
        this.hints = hints.of(element);
        this.index = parent == null ? 0 : parent.children.size();
    }

    /** The tree below an element. Recursive, which the parser's limit of depth makes safe. */
    static Box of(Element root, Hints.Reader hints) {
        Box box = new Box(root, null, hints);
        box.fill(box, false, hints);
        box.add();
        return box;
    }

    private void fill(Box block, boolean inLink, Hints.Reader hints) {
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode text) {
                block.take(text.getWholeText(), inLink);
                // An inline element's text is counted for the block around it, and is its own nevertheless.
                speaks |= block != this;
            } else if (node instanceof Element child && !Hints.isSilent(child)) {
                Box box = new Box(child, this, hints);
                children.add(box);
                boolean ownBlock = child.isBlock() || child.nameIs("amp-sidebar");
                box.fill(ownBlock ? box : block, inLink || child.nameIs("a"), hints);
                if (child.nameIs("br")) {
                    block.take(" ", inLink);
                }
            }
        }
    }

    private void take(String text, boolean inLink) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || c == '\u00A0') {
                continue;
            }
            int weight = c >= 0x1100 && isWide(c) ? WIDE : 1;
            ownLength += weight;
            ownLinked += inLink ? weight : 0;
            ownStops += STOPS.indexOf(c) >= 0 ? 1 : 0;
        }
        if (own.length() < Guide.PROBE_TEXT) {
            own.append(text, 0, Math.min(text.length(), Guide.PROBE_TEXT));
        }
    }

    private static boolean isWide(char c) {
        return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
    }

    /** Adds up again what is not dropped. */
    void add() {
        length = ownLength;
        linked = ownLinked;
        prose = ownProse();
        proseBlocks = prose > 0 ? 1 : 0;
        shows = speaks || SHOWN.contains(element.normalName()) ? 1 : 0;
        for (Box child : children) {
            if (!child.dropped) {
                child.add();
                length += child.length;
                linked += child.linked;
                prose += child.prose;
                proseBlocks += child.proseBlocks;
                shows += child.shows;
            }
        }
    }

    /** How much of this block's own text, without that of blocks in it, reads as sentences. */
    int ownProse() {
        if (ownLength < LABEL_MAX || (NO_PROSE.contains(element.normalName()) && ownStops < 3)) {
            return 0;
        }
        if (ownLinked * 2 > ownLength) {
            return 0;
        }
        double value = ownLength - 1.5 * ownLinked;
        if (ownStops == 0 && ownLength < UNSTOPPED_LABEL_MAX) {
            value *= 0.3;
        }
        return (int) (element.nameIs("li") || element.nameIs("td") ? value * 0.6 : value);
    }

    /** The beginning of the block's own text. */
    String ownText() {
        return own.toString();
    }

    int ownLength() {
        return ownLength;
    }

    boolean isOwnLinked() {
        return ownLength > 0 && ownLinked * 5 >= ownLength * 4;
    }

    /** Of it and all below it that is not dropped, as all these figures are. */
    int length() {
        return length;
    }

    int prose() {
        return prose;
    }

    int proseBlocks() {
        return proseBlocks;
    }

    double linkDensity() {
        return length == 0 ? 0 : (double) linked / length;
    }

    boolean isHeading() {
        return isHeading(element);
    }

    static boolean isHeading(Element element) {
        return HEADINGS.contains(element.normalName());
    }

    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    /** Whether the page's own metadata has this text in the story. */
    boolean isGuided() {
        return guided;
    }

    /** Holds for the elements around it too. */
    void guide() {
        for (Box box = this; box != null && !box.guided; box = box.parent) {
            box.guided = true;
        }
    }

    boolean isWithin(Box other) {
        Box box = this;
        while (box != null && box != other) {
            box = box.parent;
        }
        return box != null;
    }

    /** In document order, itself first, without what is dropped. */
    void each(Consumer<Box> seen) {
        walk(box -> {
            seen.accept(box);
            return true;
        });
    }

    /** As {@link #each}, but not into elements for which the answer is no. */
    void walk(Predicate<Box> into) {
        if (into.test(this)) {
            for (Box child : children) {
                if (!child.dropped && !dropped) {
                    child.walk(into);
                }
            }
        }
    }

    /** A copy of the element without what is dropped, never shown or empty. */
    Element copy() {
        Element copy = new Element(element.tag(), "", element.attributes().clone());
        int next = 0;
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode text) {
                copy.appendChild(new TextNode(text.getWholeText()));
            } else if (node instanceof Element child
                    && next < children.size()
                    && children.get(next).element.equals(child)) {
                Box box = children.get(next++);
                if (!box.dropped && (box.length > 0 || box.shows > 0)) {
                    copy.appendChild(box.copy());
                }
            }
        }
        return copy;
    }
}
