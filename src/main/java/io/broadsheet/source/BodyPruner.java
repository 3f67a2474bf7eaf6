package io.broadsheet.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drops from a page's tree what stands around the story and within it without being part of it. Used by one thread. */
final class BodyPruner {
    /** What is named as something around the text but has more of the page's prose than this is the text after all. */
    private static final double SHARE_MAX = 0.4;

    /** Fewer are no list. */
    private static final int CARDS_MIN = 3;

    /** A card has a headline and a line or two below it. */
    private static final int CARD_PROSE_MAX = 420;

    /** As much prose as a short paragraph. */
    private static final int PARAGRAPH = 80;

    private final Box root;
    private final boolean sureOnly;
    private final boolean live;

    /** What is named as the text, and has most prose of those; absent when nothing is. */
    private @Nullable Box named;

    /** @param sureOnly whether only what can't be the text is dropped */
    BodyPruner(Box root, boolean sureOnly, boolean live) {
        this.root = root;
        this.sureOnly = sureOnly;
        this.live = live;
    }

    /** Navigation, comments, shares and the like in the whole page. */
    void dropAround() {
        int all = root.prose();
        root.walk(box -> {
            boolean more =
                    box.hints.body() && box.prose() > PARAGRAPH && (named == null || box.prose() > named.prose());
            named = more ? box : named;
            return true;
        });
        root.each(box -> {
            if (box != root && !box.element.nameIs("body") && isAround(box, all)) {
                box.drop();
            }
        });
        root.add();
    }

    private boolean isAround(Box box, int all) {
        if (box.isGuided()) {
            return false;
        }
        if (box.hints.comments() && !sureOnly) {
            // Readers may have written more than the author.
            return box.prose() < 0.97 * all && !holdsHeadline(box);
        }
        boolean smallShare = box.prose() <= SHARE_MAX * all || (named != null && !named.isWithin(box));
        if (box.hints.hidden()) {
            return smallShare;
        }
        if (box.element.nameIs("header")) {
            return !sureOnly && smallShare && box.prose() < 300;
        }
        boolean sure = box.element.nameIs("nav") || box.element.nameIs("footer") || box.element.nameIs("menu");
        if (sure) {
            // On a page with little text these may well have most of it.
            return !holdsHeadline(box) && !holdsBody(box);
        }
        return box.hints.around() && !sureOnly && smallShare && !holdsBody(box);
    }

    private static boolean holdsHeadline(Box box) {
        boolean[] found = {false};
        box.each(below -> found[0] |= below.element.nameIs("h1"));
        return found[0];
    }

    private static boolean holdsBody(Box box) {
        if (box.prose() < 200) {
            return false;
        }
        boolean[] found = {false};
        box.each(below -> found[0] |= below.hints.body() && below.prose() > 200);
        return found[0];
    }

    /** Rows of headlines with a link each, as lists of other stories have them. @return whether most of the page's prose was in such */
    boolean dropCards() {
        int all = root.prose();
        int[] carded = {0, 0};
        root.each(box -> {
            if (box.isDropped() || box.children.size() < CARDS_MIN) {
                return;
            }
            List<Box> cards = box.children.stream()
                    .filter(child -> !child.isDropped() && isCard(child))
                    .toList();
            // In the text itself, a list of things with a headline each is the story.
            boolean links = box.linkDensity() > 0.3 || !isInBody(box);
            if (links
                    && cards.size() >= CARDS_MIN
                    && cards.size() * 2
                            >= box.children.stream()
                                    .filter(child -> !child.isDropped())
                                    .count()) {
                for (Box card : cards) {
                    carded[0] += card.prose();
                    carded[1]++;
                    card.drop();
                }
            }
        });
        root.add();
        return carded[1] >= CARDS_MIN && root.prose() < 0.5 * all;
    }

    private static boolean isInBody(Box box) {
        for (Box at = box; at != null; at = at.parent) {
            if (at.hints.body() && at.prose() > CARD_PROSE_MAX) {
                return true;
            }
        }
        return false;
    }

    private boolean isCard(Box box) {
        boolean block = box.element.nameIs("li")
                || box.element.nameIs("div")
                || box.element.nameIs("article")
                || box.element.nameIs("section")
                || box.element.nameIs("a");
        if (!block || box.isGuided() || box.prose() > CARD_PROSE_MAX || (live && box.element.nameIs("article"))) {
            return false;
        }
        boolean[] linkedHeading = {false};
        box.each(below -> {
            boolean linked = below.isOwnLinked() && below.ownLength() > 15;
            linkedHeading[0] |= linked && (below.isHeading() || (below.parent != null && below.parent.isHeading()));
        });
        return linkedHeading[0] && box.linkDensity() > 0.08;
    }

    /** In the chosen element: what is named or looks like something else than text. */
    void dropWithin(Box chosen, boolean led) {
        int all = chosen.prose();
        chosen.each(box -> {
            if (box != chosen && !box.isDropped() && isForeign(box, all, led)) {
                box.drop();
                dropHeadingBefore(box);
            }
        });
    }

    private boolean isForeign(Box box, int all, boolean led) {
        if (box.isGuided() || box.prose() > SHARE_MAX * all) {
            return false;
        }
        String tag = box.element.normalName();
        boolean list = tag.equals("ul") || tag.equals("ol") || tag.equals("dl");
        boolean group = list
                || tag.equals("div")
                || tag.equals("section")
                || tag.equals("table")
                || tag.equals("article")
                || tag.equals("header")
                || tag.equals("figure")
                || tag.equals("blockquote");
        if (group && box.length() > 0) {
            if (box.linkDensity() > (list ? 0.55 : 0.65)) {
                return box.length() > 40
                        || list
                        || box.hints.doubtful()
                        || (box.linkDensity() > 0.95 && box.length() > 15);
            }
            if (box.hints.doubtful() && !sureOnly) {
                return box.linkDensity() > 0.25 || (box.length() < 60 && box.prose() == 0);
            }
            // Once the metadata has shown most of the text, what it lacks and links is something else.
            return led && box.linkDensity() > 0.3;
        }
        boolean line = tag.equals("p") || (box.isHeading() && !isHeadingOfProse(box));
        return line && box.isOwnLinked() && box.children.size() <= 3 && box.ownLength() > 15 && box.ownLength() < 260;
    }

    private static boolean isHeadingOfProse(Box heading) {
        List<Box> siblings = heading.parent == null ? List.of() : heading.parent.children;
        int next = heading.index + 1;
        return next < siblings.size() && siblings.get(next).prose() > 0;
    }

    /** A headline over what was dropped goes with it. */
    private static void dropHeadingBefore(Box box) {
        if (box.parent == null) {
            return;
        }
        List<Box> siblings = box.parent.children;
        for (int at = box.index - 1; at >= Math.max(0, box.index - 3); at--) {
            Box before = siblings.get(at);
            if (!before.isDropped()) {
                // A heading that says what follows is left for the lines to be judged by.
                boolean label = before.isHeading() && !PageFurniture.isHeading(before.ownText());
                if (label && !before.isGuided() && before.ownLength() < 40) {
                    before.drop();
                }
                return;
            }
        }
    }
}
