package io.broadsheet.source;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Lines that stand around a press release and are not part of it, as data. */
final class TextFurniture {
    private static final Set<String> ABOVE = Set.of(
            "redirecting",
            "loading",
            "skip to main content (press enter)",
            "skip to main content",
            "skip to content",
            "an official website of the united states government",
            "here's how you know",
            "print",
            "e-mail",
            "print | e-mail",
            "download",
            "share",
            "home",
            "news",
            "press release",
            "news release",
            "media release",
            "for immediate release",
            "immediate release",
            "embargoed",
            "photo details",
            "view image page");

    private static final Set<String> BELOW = Set.of(
            "print",
            "e-mail",
            "print | e-mail",
            "download",
            "share",
            "tags",
            "related",
            "related news",
            "related stories",
            "back to top",
            "redirecting",
            "facebook",
            "twitter",
            "x",
            "linkedin",
            "see less",
            "view image page");

    private static final Pattern ABOVE_BEGINNINGS = Pattern.compile(
            "(?i)^(?:(?:media |press )?contacts?\\s*:|home\\s*[:>|/]|press release number\\s*:|release no\\.?|a \\.mil website belongs).*");
    private static final Pattern END_MARK =
            Pattern.compile("(?i)^\\s*(?:#\\s*#\\s*#|-\\s*30\\s*-|-?\\s*ends?\\s*-|\\*\\s*\\*\\s*\\*)\\s*$");
    private static final int END_MARK_MAX = 40;
    /** A lone word in capitals, as sites put their short name below everything. */
    private static final Pattern BRAND = Pattern.compile("[A-Z][A-Z0-9&.-]{1,11}");

    private TextFurniture() {}

    /** Whether this line above the text is none of it. */
    static boolean isAbove(String line) {
        return ABOVE.contains(key(line))
                || ABOVE_BEGINNINGS.matcher(line.strip()).matches();
    }

    /** Whether this line below the text is none of it. */
    static boolean isBelow(String line) {
        return BELOW.contains(key(line));
    }

    /** Whether this is how press releases say that the text is over. */
    static boolean isEndMark(String line) {
        String mark = line.strip();
        return mark.length() <= END_MARK_MAX && END_MARK.matcher(mark).matches();
    }

    /** Whether this lone last line is the publisher's short name. */
    static boolean isBrand(String line) {
        return BRAND.matcher(line.strip()).matches();
    }

    /** What looks behind keeps a line of blanks from being looked through once for each. */
    private static String key(String line) {
        return line.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?<![\\s.…:])[\\s.…:]+$", "")
                .replace('’', '\'');
    }
}
