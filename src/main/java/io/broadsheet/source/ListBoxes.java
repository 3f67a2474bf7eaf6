package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of one list: each the largest element that holds the links to one story and to no other of the list. In it stand the headline, the date
 * and the teaser. Used by one thread.
 */
final class ListBoxes {
    private static final String HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]";
    private static final String TITLES = "[itemprop=headline], [class*=title], [class*=headline]";

    /** What links are called that leave the headline to others. */
    private static final Pattern GENERIC = Pattern.compile(
            "(?i)(?:read|learn|view|see|find|show|more|continue|full|details?|download|open|click|here|go to|weiter|mehr|zum|lire|en savoir|suite|"
                    + "leer|ver|leia|saiba|leggi|lees|続きを|詳細|詳しく|もっと|一覧|자세히|更多|阅读).{0,24}");

    private static final int HEADLINE_MAX = 400;

    /** One story's place on the page; the headline's element is absent when none stands out. */
    record Box(
            String url,
            Element element,
            String title,
            @Nullable Element headline) {}

    private ListBoxes() {}

    /** One box a URL, in the order in which the URLs are first met. */
    static Map<String, Box> of(List<PageLinks.Link> links) {
        Map<Element, String> holders = new IdentityHashMap<>();
        Map<String, Element> first = new LinkedHashMap<>();
        Map<String, String> called = new HashMap<>();
        for (PageLinks.Link link : links) {
            String key = UrlShape.key(link.url());
            first.putIfAbsent(key, link.element());
            called.putIfAbsent(key, link.url());
            for (Element at = link.element(); at != null; at = at.parent()) {
                // Empty: it holds several.
                holders.merge(at, key, (one, other) -> one.equals(other) ? one : "");
            }
        }
        Map<String, Box> boxes = new LinkedHashMap<>();
        first.forEach((key, element) -> {
            Element box = element;
            for (Element up = box.parent(); up != null && key.equals(holders.get(up)); up = up.parent()) {
                if (up.normalName().matches("body|html|main")) {
                    break;
                }
                box = up;
            }
            Element headline = headline(box, key);
            String url = called.getOrDefault(key, "");
            boxes.put(key, new Box(url, box, headline == null ? titleOf(box, key) : text(headline), headline));
        });
        return boxes;
    }

    /** The element whose text is the story's headline: a heading, a title by its class, or the longest link to it. */
    private static @Nullable Element headline(Element box, String key) {
        Element heading = firstTelling(box, HEADINGS);
        if (heading != null) {
            return heading;
        }
        Element longest = null;
        Element own = box.normalName().equals("a") ? box : null;
        for (Element link : box.select("a[href]")) {
            String url = PageLinks.target(link);
            boolean telling = url != null && UrlShape.key(url).equals(key) && isTelling(text(link));
            if (telling
                    && (longest == null || text(link).length() > text(longest).length())) {
                longest = link;
            }
        }
        Element titled = firstTelling(box, TITLES);
        if (titled != null && (longest == null || longest == own || holds(longest, titled))) {
            return titled;
        }
        return longest;
    }

    private static boolean holds(Element outer, Element inner) {
        for (Element at = inner; at != null; at = at.parent()) {
            if (at == outer) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Element firstTelling(Element box, String selector) {
        for (Element element : box.select(selector)) {
            if (isTelling(text(element)) && text(element).length() <= HEADLINE_MAX) {
                return element;
            }
        }
        return null;
    }

    /** Where no text is the headline: what the link or its picture says of itself. */
    private static String titleOf(Element box, String key) {
        for (Element link : box.select("a[href]")) {
            String url = PageLinks.target(link);
            if (url != null && UrlShape.key(url).equals(key)) {
                for (String attribute : List.of("title", "aria-label")) {
                    if (isTelling(link.attr(attribute))) {
                        return PlainText.title(FeedTree.escaped(link.attr(attribute)));
                    }
                }
            }
        }
        Element picture = box.selectFirst("img[alt]");
        return picture == null ? "" : PlainText.title(FeedTree.escaped(picture.attr("alt")));
    }

    static String text(Element element) {
        return PlainText.title(FeedTree.escaped(element.text()));
    }

    private static boolean isTelling(String text) {
        return !text.isBlank()
                && !GENERIC.matcher(text).matches()
                && text.codePoints().anyMatch(Character::isLetter);
    }

    /** Whether a text may be a story's headline: some words, or as much in a script that sets no blanks. */
    static boolean isHeadline(String text) {
        if (text.length() > HEADLINE_MAX || !isTelling(text)) {
            return false;
        }
        long wide = text.codePoints().filter(ListBoxes::isWide).count();
        return wide >= 6
                || text.strip().split("\\s+").length >= 3 && text.length() >= 12
                || text.length() >= 20 && text.toLowerCase(Locale.ROOT).indexOf(' ') > 0;
    }

    private static boolean isWide(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }
}
