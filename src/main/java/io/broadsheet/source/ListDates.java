package io.broadsheet.source;

import io.broadsheet.source.ListBoxes.Box;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Gives each story of a list its date: the one in its box; or, where the boxes have none, the one that stands before each, alone or as a heading over
 * several; or the one that follows each. Used by one thread.
 */
final class ListDates {
    private static final int SIBLINGS_MAX = 8;

    private ListDates() {}

    /** By the boxes' URL keys; stories without a date are not in it. */
    static Map<String, Instant> of(Element page, Map<String, Box> boxes, NearDates dates) {
        Map<String, Instant> inside = new HashMap<>();
        boxes.forEach((key, box) -> put(inside, key, dates.in(box.element(), box.headline())));
        if (inside.size() * 2 >= boxes.size()) {
            return inside;
        }
        Map<Element, String> byElement = new IdentityHashMap<>();
        boxes.forEach((key, box) -> byElement.put(box.element(), key));
        Map<String, Instant> before = before(page, byElement, dates);
        Map<String, Instant> after = after(boxes.values(), byElement, dates);
        Map<String, Instant> outside = before.size() >= after.size() ? before : after;
        if (outside.size() <= inside.size()) {
            return inside;
        }
        outside.putAll(inside);
        return outside;
    }

    private static void put(Map<String, Instant> dates, String key, @Nullable Instant date) {
        if (date != null) {
            dates.put(key, date);
        }
    }

    /** The last date before each box that is not in a box: one of its own, or one over a whole day's stories. */
    private static Map<String, Instant> before(Element page, Map<Element, String> boxes, NearDates dates) {
        Map<String, Instant> found = new HashMap<>();
        Instant[] last = new Instant[1];
        page.traverse(new Walk(boxes) {
            @Override
            void box(String key) {
                put(found, key, last[0]);
            }

            @Override
            void outside(Element element) {
                Instant date = element.childrenSize() > 3 ? null : dates.whole(element);
                last[0] = date == null ? last[0] : date;
            }
        });
        return found;
    }

    /** Goes through a page, into no box. */
    private abstract static class Walk implements org.jsoup.select.NodeVisitor {
        private final Map<Element, String> boxes;
        private @Nullable Element within;

        Walk(Map<Element, String> boxes) {
            this.boxes = boxes;
        }

        abstract void box(String key);

        abstract void outside(Element element);

        @Override
        public void head(org.jsoup.nodes.Node node, int depth) {
            if (within != null || !(node instanceof Element element)) {
                return;
            }
            String key = boxes.get(element);
            if (key == null) {
                outside(element);
            } else {
                within = element;
                box(key);
            }
        }

        @Override
        public void tail(org.jsoup.nodes.Node node, int depth) {
            if (node == within) {
                within = null;
            }
        }
    }

    private static Map<String, Instant> after(Collection<Box> all, Map<Element, String> boxes, NearDates dates) {
        Map<String, Instant> found = new HashMap<>();
        for (Box box : all) {
            Element next = box.element().nextElementSibling();
            for (int at = 0; at < SIBLINGS_MAX && next != null && !boxes.containsKey(next); at++) {
                Instant date = dates.in(next, null);
                if (date != null) {
                    found.putIfAbsent(UrlShape.key(box.url()), date);
                    break;
                }
                next = next.nextElementSibling();
            }
        }
        return found;
    }
}
