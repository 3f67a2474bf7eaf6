package io.broadsheet.source;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Finds dates in the boxes of a list page: by markup first, then by how short texts read. Used by one thread, for one page. */
final class NearDates {
    /** A date with its label, its place and its kind; longer texts are teasers, whose dates are of what they tell. */
    private static final int TEXT_MAX = 90;

    /** Boxes are small; whoever makes one of thousands of elements has its date found in the first ones or not at all. */
    private static final int ELEMENTS_MAX = 200;

    private static final String MARKED =
            "time[datetime], [itemprop=datePublished], [property=datePublished], abbr.published[title], [data-date]";
    private static final List<String> ATTRIBUTES = List.of("datetime", "content", "title", "data-date");

    private static final Pattern DATE =
            Pattern.compile("(?<![\\d.])(?:\\d{4}\\s?[年년]\\s?\\d{1,2}\\s?[月월]\\s?\\d{1,2}\\s?[日일]"
                    + "|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2})?(?: ?Z|[+-]\\d{2}:?\\d{2})?)?"
                    + "|\\d{1,2}([./-])\\d{1,2}\\1\\d{4}"
                    + "|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?[ -](?:de |of )?\\p{L}{3,12}\\.?,?[ -](?:de )?\\d{4}"
                    + "|\\p{L}{3,12}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})(?!\\d)");
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})");

    private final ZoneId zone;
    private final boolean monthFirst;

    /** @param page read once, for which of two numbers is the day here */
    NearDates(Element page, ZoneId zone) {
        this.zone = zone;
        this.monthFirst = monthFirst(page);
    }

    /** By the page's own dates where one of them can be read one way only; else by its language: Americans alone write the month first. */
    private static boolean monthFirst(Element page) {
        int dayFirst = 0;
        int monthFirst = 0;
        Matcher slashed = SLASHED.matcher(shortened(page.text(), 200_000));
        while (slashed.find()) {
            dayFirst += Integer.parseInt(slashed.group(1)) > 12 ? 1 : 0;
            monthFirst += Integer.parseInt(slashed.group(2)) > 12 ? 1 : 0;
        }
        if (dayFirst != monthFirst) {
            return monthFirst > dayFirst;
        }
        Element html = page.closest("html");
        String language = html == null ? "" : html.attr("lang").toLowerCase(Locale.ROOT);
        return language.equals("en-us") || language.equals("en_us");
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** The first date in an element, without looking into the parts that hold the headline. */
    @Nullable
    Instant in(Element box, @Nullable Element headline) {
        for (Element marked : box.select(MARKED)) {
            for (String attribute : ATTRIBUTES) {
                Instant instant = marked.hasAttr(attribute) ? read(marked.attr(attribute)) : null;
                if (instant != null) {
                    return instant;
                }
            }
        }
        int seen = 0;
        for (Element element : box.getAllElements()) {
            if (seen++ > ELEMENTS_MAX) {
                return null;
            }
            boolean told =
                    headline != null && (element == headline || element.hasParent() && inside(element, headline));
            if (!told && !element.ownText().isBlank()) {
                Instant instant = inText(element.ownText());
                // A date may be written in several elements: <b>12</b> <b>Nov</b> 2026
                instant = instant == null && element != box ? inText(element.text()) : instant;
                if (instant != null) {
                    return instant;
                }
            }
        }
        return null;
    }

    private static boolean inside(Element element, Element forebear) {
        for (Element at = element.parent(); at != null; at = at.parent()) {
            if (at == forebear) {
                return true;
            }
        }
        return false;
    }

    /** The date that an element's text is, but for a weekday or a label; null for a text with other things to say. */
    @Nullable
    Instant whole(Element element) {
        String text = element.text();
        Instant marked = element.is("time[datetime]") ? read(element.attr("datetime")) : null;
        Matcher date = DATE.matcher(text.length() > TEXT_MAX ? "" : text);
        if (marked != null || !date.find()) {
            return marked;
        }
        String rest = (text.substring(0, date.start()) + text.substring(date.end())).replaceAll("[^\\p{L}]", "");
        return rest.length() <= 12 ? read(date.group()) : null;
    }

    @Nullable
    private Instant inText(String text) {
        if (text.length() > TEXT_MAX || text.chars().noneMatch(Character::isDigit)) {
            return null;
        }
        Matcher date = DATE.matcher(text);
        while (date.find()) {
            Instant instant = read(date.group());
            if (instant != null) {
                return instant;
            }
        }
        return null;
    }

    @Nullable
    Instant read(String text) {
        Matcher slashed = SLASHED.matcher(text);
        if (slashed.matches()) {
            int first = Integer.parseInt(slashed.group(1));
            int second = Integer.parseInt(slashed.group(2));
            boolean swap = monthFirst ? second <= 31 && first <= 12 : second > 12;
            return Dates.read(
                            slashed.group(3) + "-" + two(swap ? first : second) + "-" + two(swap ? second : first),
                            zone)
                    .instant();
        }
        return Dates.read(text, zone).instant();
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
