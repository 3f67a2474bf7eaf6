package io.broadsheet.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds the element that holds the story's text, and answers a copy of it without what stands around the text. Three ways are weighed against each
 * other: where the text of the page's own metadata stands ({@link Guide}), what elements are named ({@link Hints}), and where prose is densest.
 * Linear in the size of the page. Used by one thread.
 */
final class BodyFinder {
    /** A story with less prose may have been cut too eagerly; it is looked for again, with less cut. */
    private static final int SHORT = 220;

    /** What is named as the text may be as short as this. */
    private static final int NOTICE = 80;

    /** A guide of which less is found in the page speaks of another text. */
    private static final double GUIDE_FOUND = 0.4;

    private final @Nullable Guide guide;
    private final boolean live;

    /**
     * @param guide the story's text as the metadata has it; absent when it has none
     * @param live whether the page is a live blog: a story of many parts alike
     */
    BodyFinder(@Nullable Guide guide, boolean live) {
        this.guide = guide;
        this.live = live;
    }

    /**
     * @param content a copy, in the body of a page of its own
     * @param prose how much of it reads as sentences, in letters
     * @param listed whether it is rather a list of links to stories
     * @param named whether the page says that this is the text
     * @param within the element of the page that it was copied from, or the nearest around all of it
     */
    record Body(Element content, int prose, boolean listed, boolean named, Element within) {}

    /** How much is cut away before looking. */
    private enum Cutting {
        ALL,
        SURE,
        NONE
    }

    Body find(Document page, @Nullable Element headline) {
        Body best = null;
        for (Cutting cutting : Cutting.values()) {
            Body body = find(page, headline, cutting);
            if (best == null || body.prose > 1.5 * best.prose + 40) {
                best = body;
            }
            if (best.prose >= SHORT || (best.named && best.prose >= NOTICE)) {
                break;
            }
        }
        if (best == null) {
            throw new IllegalStateException("there is a first way of cutting");
        }
        return best;
    }

    private Body find(Document page, @Nullable Element headline, Cutting cutting) {
        Box root = Box.of(page.body(), new Hints.Reader());
        int guided = guide == null ? 0 : guide.mark(root);
        boolean led = guide != null && guided >= GUIDE_FOUND * guide.length();
        BodyPruner pruner = new BodyPruner(root, cutting != Cutting.ALL, live);
        if (cutting != Cutting.NONE) {
            pruner.dropAround();
        }
        boolean listed = pruner.dropCards();
        Box chosen = choose(root, led, headline);
        List<Box> parts = isNamed(chosen) || led ? List.of(chosen) : withSiblings(chosen);
        parts.forEach(part -> pruner.dropWithin(part, led));
        root.add();
        Element content = emptyPage();
        for (Box part : parts) {
            Element copy = part.copy();
            boolean container = parts.size() == 1 && !part.element.nameIs("p");
            if (container) {
                List.copyOf(copy.childNodes()).forEach(content::appendChild);
            } else {
                content.appendChild(copy);
            }
        }
        int prose = parts.stream().mapToInt(Box::prose).sum();
        return new Body(
                content, prose, listed || (!live && listsArticles(root, chosen)), isNamed(chosen), chosen.element);
    }

    /** One that writes itself as it is, without line breaks of its own. */
    private static Element emptyPage() {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false);
        return page.body();
    }

    /** Several articles, each with a linked headline, the chosen one too: beginnings of stories, one below the other. */
    private static boolean listsArticles(Box root, Box chosen) {
        int[] articles = {0};
        boolean[] another = {false};
        root.walk(box -> {
            boolean article = box.element.nameIs("article") && box.prose() > 0;
            if (article) {
                boolean linked = hasLinkedHeading(box);
                articles[0] += linked ? 1 : 0;
                another[0] |= !linked && chosen.isWithin(box);
            }
            return !article;
        });
        return articles[0] >= 3 && !another[0];
    }

    private static boolean hasLinkedHeading(Box article) {
        boolean[] found = {false};
        article.each(below -> found[0] |= below.isHeading() && below.linkDensity() > 0.5);
        return found[0];
    }

    private static boolean isNamed(Box box) {
        return box.hints.body();
    }

    private Box choose(Box root, boolean led, @Nullable Element headline) {
        Box dense = denser(root);
        Box named = named(root, dense);
        Box chosen = named == null ? dense : named;
        if (led) {
            Box guided = guided(root);
            // Metadata may have the text without its lists and quotes; a named element around it has these too.
            chosen = named != null && guided.isWithin(named) && named.prose() < 1.6 * guided.prose() ? named : guided;
        }
        return chosen.parent == null ? chosen : narrowed(chosen, headline);
    }

    /** The smallest element that has nearly all blocks of the guide. */
    private static Box guided(Box root) {
        int[] all = {0};
        root.each(box -> all[0] += box.isGuided() ? box.ownProse() : 0);
        Box at = root;
        while (true) {
            Box next = null;
            for (Box child : at.children) {
                if (!child.isDropped() && child.isGuided() && guidedProse(child) >= 0.9 * all[0]) {
                    next = child;
                }
            }
            if (next == null || next.isHeading() || next.element.nameIs("p")) {
                return at;
            }
            at = next;
        }
    }

    private static int guidedProse(Box box) {
        int[] sum = {0};
        box.each(below -> sum[0] += below.isGuided() ? below.ownProse() : 0);
        return sum[0];
    }

    /** What is named as the text, if there is as much in it as such a name promises. */
    private static @Nullable Box named(Box root, Box dense) {
        List<Box> named = new ArrayList<>();
        root.walk(box -> {
            boolean found = isNamed(box) && box.prose() > 0 && !box.element.nameIs("body");
            if (found) {
                named.add(box);
            }
            return !found;
        });
        Box best = null;
        int all = 0;
        for (Box box : named) {
            all += box.prose();
            best = best == null || box.prose() > best.prose() ? box : best;
        }
        if (best == null) {
            return null;
        }
        if (all > 1.3 * best.prose() && named.size() > 1) {
            // The text comes in several parts of one name: the element around them, if little else is in it.
            String name = best.element.className();
            Box together = best;
            int alike = named.stream()
                    .filter(box -> box.element.className().equals(name))
                    .mapToInt(Box::prose)
                    .sum();
            while (together.parent != null && together.prose() < 0.95 * alike) {
                together = together.parent;
            }
            if (alike > 1.3 * best.prose() && together.prose() < 1.4 * alike && !holdsArticles(together)) {
                best = together;
            }
        }
        // Around it there may be parts of other names, which belong to the text as well.
        double promised = best != dense && best.isWithin(dense) ? 0.7 : 0.5;
        return best.prose() >= promised * dense.prose() ? best : null;
    }

    private static boolean holdsArticles(Box box) {
        return box.children.stream()
                        .filter(child -> child.element.nameIs("article") && child.prose() > 0)
                        .count()
                > 1;
    }

    /** The element right around the most prose: each block of prose counts for those around it, the farther away the less. */
    private Box denser(Box root) {
        Map<Box, Double> scores = new LinkedHashMap<>();
        root.each(box -> {
            int prose = box.ownProse();
            if (prose > 0) {
                boolean alone = prose > 600 && !box.element.nameIs("p");
                Box at = alone || box.parent == null ? box : box.parent;
                double share = 1;
                for (int level = 0; at != null && level < 4; level++) {
                    scores.merge(at, prose * share, Double::sum);
                    share = level == 0 ? 0.5 : share * 0.6;
                    at = at.parent;
                }
            }
        });
        Box best = root;
        double most = 0;
        for (Map.Entry<Box, Double> scored : scores.entrySet()) {
            Box box = scored.getKey();
            double score = scored.getValue() * (1 - box.linkDensity());
            score *= box.hints.body() ? 1.3 : box.hints.doubtful() ? 0.8 : 1;
            score *= box.element.nameIs("article") ? 1.2 : 1;
            // Of two alike the inner one: a map has no order to lean on.
            if (score > most || (score == most && box.isWithin(best))) {
                most = score;
                best = box;
            }
        }
        return most > 0 ? climbed(best) : someText(root);
    }

    /** Of a page with no more than a line: the element that says it is the page's own part. */
    private static Box someText(Box root) {
        Box[] found = {root};
        root.each(box -> {
            boolean own = box.element.nameIs("article") || box.element.nameIs("main") || box.hints.body();
            found[0] = own && box.length() > 0 ? box : found[0];
        });
        return found[0];
    }

    /** Text that comes in several parts next to each other belongs together. */
    private Box climbed(Box from) {
        Box at = from;
        for (int level = 0; level < 4; level++) {
            Box around = at.parent;
            boolean edge = (at.element.nameIs("article") && !live) || at.element.nameIs("main");
            if (around == null || around.element.nameIs("body") || edge) {
                return at;
            }
            int alike = 0;
            int prosaic = 0;
            for (Box sibling : around.children) {
                if (sibling != at && !sibling.isDropped() && sibling.prose() > 0) {
                    boolean sameName = sibling.element.nameIs(at.element.normalName())
                            && sibling.element.className().equals(at.element.className());
                    boolean article = sibling.element.nameIs("article") && !live;
                    alike += sameName && !article ? sibling.prose() : 0;
                    boolean sentences = sibling.linkDensity() < 0.2
                            && !sibling.hints.doubtful()
                            && !article
                            && sibling.prose() > 80 * sibling.proseBlocks();
                    prosaic += sentences ? sibling.prose() : 0;
                }
            }
            boolean parts = alike > 0.1 * at.prose() && !at.element.className().isEmpty();
            if (!parts && prosaic < 0.3 * at.prose()) {
                return around.prose() - at.prose() > 0 && isWrapperOf(around, at) ? around : at;
            }
            at = around;
        }
        return at;
    }

    /** An article's element around what was found, with little more in it. */
    private static boolean isWrapperOf(Box around, Box at) {
        return around.hints.body() && around.prose() < 1.3 * at.prose();
    }

    /** Down to the one article that has most of it, or whose headline is the page's. */
    private Box narrowed(Box chosen, @Nullable Element headline) {
        List<Box> articles = new ArrayList<>();
        chosen.each(box -> {
            if (box != chosen && box.element.nameIs("article") && box.prose() > 0) {
                articles.add(box);
            }
        });
        if (articles.isEmpty() || live) {
            return chosen;
        }
        for (Box article : articles) {
            boolean headed = headline != null && headline.parents().contains(article.element);
            if (article.prose() >= 0.7 * chosen.prose() || (headed && article.prose() > SHORT)) {
                return article;
            }
        }
        return chosen;
    }

    /** Prose right before or behind it, that a break in the markup parted from it. */
    private static List<Box> withSiblings(Box chosen) {
        if (chosen.parent == null || chosen.element.nameIs("body") || chosen.element.nameIs("article")) {
            return List.of(chosen);
        }
        List<Box> parts = new ArrayList<>();
        for (Box sibling : chosen.parent.children) {
            if (sibling == chosen || (!sibling.isDropped() && belongs(sibling, chosen))) {
                parts.add(sibling);
            }
        }
        return parts;
    }

    private static boolean belongs(Box sibling, Box chosen) {
        if (sibling.element.nameIs("p")) {
            return sibling.prose() > 60 && sibling.linkDensity() < 0.25;
        }
        return sibling.prose() > 0.2 * chosen.prose()
                && sibling.linkDensity() < 0.2
                && !sibling.hints.doubtful()
                && !sibling.element.nameIs("article")
                && sibling.prose() > 60 * sibling.proseBlocks();
    }
}
