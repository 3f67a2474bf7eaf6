package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a press release in plain text, as it is sent by mail or copied off a page: headline, byline, unit, date, and the body without the furniture around
 * it. Safe for several threads.
 */
final class TextReleaseParser {
    /** How far behind the headline a line still tells who and when. */
    private static final int HEAD_LINES_MAX = 8;

    private static final int LABEL_CHARACTERS_MAX = 120;

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

    private final Sanitizer sanitizer = new Sanitizer();

    Inspected parse(Raw raw) {
        Notes notes = new Notes();
        String text = FeedText.of(raw.bytes(), raw.contentType(), notes);
        return parse(text, raw, notes);
    }

    private Inspected parse(String text, Raw raw, Notes notes) {
        Deque<String> lines = new ArrayDeque<>();
        text.lines().map(line -> line.replace('\u00A0', ' ').stripTrailing()).forEach(lines::add);
        Head head = head(lines, raw.zone(), notes);
        List<String> body = body(lines, notes);
        List<String> paragraphs = TextParagraphs.of(body);
        Matcher dateline = DATELINE.matcher(paragraphs.isEmpty() ? "" : paragraphs.get(0));
        String place = null;
        if (dateline.find()) {
            place = dateline.group(1).replaceFirst("[ ,]+$", "");
            if (head.published == null && dateline.group(2) != null) {
                head.dated(dateline.group(2), "dateline", raw.zone(), notes);
            }
        }
        String html = sanitizer.sanitise(TextParagraphs.html(paragraphs), raw.baseUrl());
        Entry entry = new Entry(
                null,
                null,
                PlainText.title(head.title),
                head.author,
                head.unit,
                place,
                head.published,
                head.dateFrom,
                head.updated,
                null,
                html.isEmpty() ? null : html,
                null,
                List.of(),
                List.of());
        List<Entry> entries = head.title.isEmpty() && html.isEmpty() ? List.of() : List.of(entry);
        if (entries.isEmpty()) {
            notes.add("the text is empty");
        }
        return new Inspected(
                "text", entry.title().isEmpty() ? null : entry.title(), null, null, entries, notes.sentences());
    }

    /** What stands above the body. */
    private static final class Head {
        private String title = "";
        private @Nullable String author;
        private @Nullable String unit;
        private @Nullable Instant published;
        private @Nullable String dateFrom;
        private @Nullable Instant updated;
        private boolean afterByline;

        /** @return whether the text was a date */
        boolean dated(String text, String from, ZoneId zone, Notes notes) {
            Dates.Found found = Dates.read(text, zone);
            if (found.instant() == null) {
                notes.add("'" + text + "' in the " + from + " " + found.why() + ", and was left out");
                return false;
            }
            published = found.instant();
            dateFrom = from;
            return true;
        }
    }

    private static Head head(Deque<String> lines, ZoneId zone, Notes notes) {
        Head head = new Head();
        while (!lines.isEmpty() && head.title.isEmpty()) {
            String line = lines.removeFirst().strip();
            if (line.isEmpty()) {
                continue;
            }
            if (TextFurniture.isAbove(line)) {
                notes.add("furniture around the text was left out");
            } else if (isDate(line, zone)) {
                head.dated(line, "date line", zone, notes);
            } else if (!line.regionMatches(true, 0, "news |", 0, 6) || !label(line, head, zone, notes)) {
                head.title = line;
            }
        }
        for (int seen = 0; seen < HEAD_LINES_MAX && !lines.isEmpty(); seen++) {
            String line = lines.removeFirst();
            if (!line.isBlank() && !label(line, head, zone, notes)) {
                lines.addFirst(line);
                break;
            }
        }
        return head;
    }

    private static boolean isDate(String line, ZoneId zone) {
        // A headline may hold a date; a line that is little else is one.
        return line.length() <= 40
                && line.matches(".*\\d.*")
                && Dates.read(line, zone).instant() != null
                && line.split("\\s+").length <= 5;
    }

    /** Takes one line of the head for what it is. @return false when it is the body's first */
    private static boolean label(String given, Head head, ZoneId zone, Notes notes) {
        boolean bulleted = BULLET.matcher(given).find();
        String line = BULLET.matcher(given).replaceFirst("").strip();
        if (line.length() > LABEL_CHARACTERS_MAX) {
            return false;
        }
        Matcher published = PUBLISHED.matcher(line);
        Matcher updated = UPDATED.matcher(line);
        Matcher byline = BYLINE.matcher(line);
        if (published.matches() && (published.group(1).isEmpty() || isDate(published.group(1), zone))) {
            if (published.group(1).isEmpty()) {
                notes.add("the '" + line + "' line carries no date, and none was made up");
            } else {
                head.dated(published.group(1), "'Published' line", zone, notes);
            }
        } else if (updated.matches() && isDate(updated.group(1), zone)) {
            head.updated = Dates.read(updated.group(1), zone).instant();
        } else if (byline.matches() && head.author == null) {
            byline(byline.group(1), head);
        } else if (isDate(line, zone)) {
            if (head.published == null) {
                head.dated(line, "date line", zone, notes);
            }
        } else if (head.afterByline && head.unit == null && (bulleted || isUnit(line))) {
            head.unit = line;
        } else if (TextFurniture.isAbove(line)) {
            notes.add("furniture around the text was left out");
        } else {
            return false;
        }
        return true;
    }

    private static boolean isUnit(String line) {
        return UNIT_END.matcher(line).matches();
    }

    /** "By Ada Example, 1st Wing Public Affairs" tells both. */
    private static void byline(String who, Head head) {
        int comma = who.indexOf(", ");
        boolean both = comma > 0 && isUnit(who.substring(comma + 2).strip());
        head.author = both ? who.substring(0, comma).strip() : who.strip();
        head.unit = both ? who.substring(comma + 2).strip() : null;
        head.afterByline = true;
    }

    private static List<String> body(Deque<String> lines, Notes notes) {
        List<String> body = new ArrayList<>();
        for (String line : lines) {
            if (TextFurniture.isEndMark(line)) {
                notes.add("what follows the end mark was left out");
                break;
            }
            body.add(line);
        }
        while (!body.isEmpty() && dropsLast(body)) {
            if (!body.get(body.size() - 1).isBlank()) {
                notes.add("furniture around the text was left out");
            }
            body.remove(body.size() - 1);
        }
        return body;
    }

    private static boolean dropsLast(List<String> body) {
        String last = body.get(body.size() - 1).strip();
        boolean apart = body.size() < 2 || body.get(body.size() - 2).isBlank();
        return last.isEmpty()
                || TextFurniture.isBelow(last)
                || (apart && body.size() > 1 && TextFurniture.isBrand(last));
    }
}
