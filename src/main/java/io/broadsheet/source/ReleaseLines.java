package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines around a headline that tell who wrote a story, for which unit, and when, as public-affairs offices write them: "Published Nov. 21, 2025", "By
 * Name", "1st Wing Public Affairs", "NEWS | May 31, 2018". Line by line each is taken for what it is. Used by one thread.
 */
final class ReleaseLines {
    /** A longer line is a sentence. */
    static final int LABEL_CHARACTERS_MAX = 120;

    private static final Pattern BULLET = Pattern.compile("^[\\s\\u00A0]*[•·▪*|–-][\\s\\u00A0]*(?=\\S)");
    private static final Pattern PUBLISHED =
            Pattern.compile("(?i)^(?:published|posted|released|date|news\\s*\\|)(?:\\s+on)?\\s*:?\\s*(.*)$");
    private static final Pattern UPDATED =
            Pattern.compile("(?i)^(?:last )?(?:updated|modified)(?:\\s+on)?\\s*:?\\s*(.*)$");
    private static final Pattern BYLINE = Pattern.compile("^(?:By|BY|by|Story by|Written by)\\s*:?\\s+(\\p{Lu}.*)$");
    private static final Pattern UNIT_END = Pattern.compile(
            "(?i).*\\b(?:affairs|command|wing|office|division|squadron|group|department|agency|communications?|relations|news|staff|team|headquarters|center|centre|ministry|bureau)$");
    private static final Pattern DATELINE = Pattern.compile(
            "^([A-Z][A-Z .,'’&/-]{2,60}(?:, (?-i:[A-Z][a-z]+\\.?)(?: [A-Z][a-z]+)?)?)(?:,? (\\p{L}{3,9}\\.? \\d{1,2}, \\d{4}))?(?: \\([A-Z]{2,6}\\))?(?: /[^/]{3,40}/)?(?:\\s*(?:--|—|–)\\s*|\\s+-\\s+)");

    private final ZoneId zone;
    private final Notes notes;

    private @Nullable String author;
    private @Nullable String unit;
    private @Nullable Instant published;
    private @Nullable String dateFrom;
    private @Nullable Instant updated;
    private boolean afterByline;

    /** @param zone for dates that name none */
    ReleaseLines(ZoneId zone, Notes notes) {
        this.zone = zone;
        this.notes = notes;
    }

    /**
     * Where a text says it was written.
     *
     * @param date as written in it; absent when it has none
     */
    record Dateline(String place, @Nullable String date) {}

    /** The dateline that a paragraph begins with, or null. */
    static @Nullable Dateline dateline(String paragraph) {
        Matcher found = DATELINE.matcher(paragraph);
        return found.find() ? new Dateline(found.group(1).replaceFirst("[ ,]+$", ""), found.group(2)) : null;
    }

    /** Takes one line for what it is. @return false when it tells none of these */
    boolean take(String given) {
        boolean bulleted = BULLET.matcher(given).find();
        String line = BULLET.matcher(given).replaceFirst("").strip();
        if (line.length() > LABEL_CHARACTERS_MAX) {
            return false;
        }
        Matcher labelled = PUBLISHED.matcher(line);
        Matcher changed = UPDATED.matcher(line);
        Matcher byline = BYLINE.matcher(line);
        if (labelled.matches() && (labelled.group(1).isEmpty() || isDate(labelled.group(1)))) {
            if (labelled.group(1).isEmpty()) {
                notes.add("the '" + line + "' line carries no date, and none was made up");
            } else {
                dated(labelled.group(1), "'Published' line");
            }
        } else if (changed.matches() && isDate(changed.group(1))) {
            updated = Dates.read(changed.group(1), zone).instant();
        } else if (byline.matches() && author == null) {
            byline(byline.group(1));
        } else if (isDate(line)) {
            if (published == null) {
                dated(line, "date line");
            }
        } else if (afterByline && unit == null && (bulleted || isUnit(line))) {
            unit = line;
        } else {
            return false;
        }
        return true;
    }

    /** Whether the line begins as those do that stand over a headline and carry a date. */
    static boolean isNewsLabel(String line) {
        return line.toLowerCase(Locale.ROOT).startsWith("news |");
    }

    /** @return whether the text was a date */
    boolean dated(String text, String from) {
        Dates.Found found = Dates.read(text, zone);
        if (found.instant() == null) {
            notes.add("'" + Safe.text(text) + "' in the " + from + " " + found.why() + ", and was left out");
            return false;
        }
        published = found.instant();
        dateFrom = from;
        return true;
    }

    /** A headline may hold a date; a line that is little else is one. */
    boolean isDate(String line) {
        return line.length() <= 40
                && line.matches(".*\\d.*")
                && Dates.read(line, zone).instant() != null
                && line.split("\\s+").length <= 5;
    }

    static boolean isUnit(String line) {
        return UNIT_END.matcher(line).matches();
    }

    /** "By Ada Example, 1st Wing Public Affairs" tells both. */
    private void byline(String who) {
        int comma = who.indexOf(", ");
        boolean both = comma > 0 && isUnit(who.substring(comma + 2).strip());
        author = both ? who.substring(0, comma).strip() : who.strip();
        unit = both ? who.substring(comma + 2).strip() : null;
        afterByline = true;
    }

    @Nullable
    String author() {
        return author;
    }

    @Nullable
    String unit() {
        return unit;
    }

    @Nullable
    Instant published() {
        return published;
    }

    /** Which of the lines told when; absent with it. */
    @Nullable
    String dateFrom() {
        return dateFrom;
    }

    @Nullable
    Instant updated() {
        return updated;
    }
}
