package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads a press release in plain text, as it is sent by mail or copied off a page: headline, byline, unit, date, and the body without the furniture around
 * it. Safe for several threads.
 */
final class TextReleaseParser {
    /** How far behind the headline a line still tells who and when. */
    private static final int HEAD_LINES_MAX = 8;

    private final Sanitizer sanitizer = new Sanitizer();

    Inspected parse(Raw raw) {
        Notes notes = new Notes();
        String text = FeedText.of(raw.bytes(), raw.contentType(), notes);
        return parse(text, raw, notes);
    }

    private Inspected parse(String text, Raw raw, Notes notes) {
        Deque<String> lines = new ArrayDeque<>();
        text.lines().map(line -> line.replace('\u00A0', ' ').stripTrailing()).forEach(lines::add);
        ReleaseLines told = new ReleaseLines(raw.zone(), notes);
        String title = PlainText.title(head(lines, told, notes));
        List<String> paragraphs = TextParagraphs.of(body(lines, notes));
        ReleaseLines.Dateline dateline = ReleaseLines.dateline(paragraphs.isEmpty() ? "" : paragraphs.get(0));
        if (dateline != null && dateline.date() != null && told.published() == null) {
            told.dated(dateline.date(), "dateline");
        }
        String html = sanitizer.sanitise(TextParagraphs.html(paragraphs), raw.baseUrl());
        Entry entry = new Entry(
                null,
                null,
                title,
                told.author(),
                told.unit(),
                dateline == null ? null : dateline.place(),
                told.published(),
                told.dateFrom(),
                told.updated(),
                null,
                html.isEmpty() ? null : html,
                null,
                List.of(),
                List.of());
        List<Entry> entries = title.isEmpty() && html.isEmpty() ? List.of() : List.of(entry);
        if (entries.isEmpty()) {
            notes.add("the text is empty");
        }
        return new Inspected(
                "text", entry.title().isEmpty() ? null : entry.title(), null, null, entries, notes.sentences());
    }

    /** Takes the lines above the body off the text, and answers the headline among them; empty when there is none. */
    private static String head(Deque<String> lines, ReleaseLines told, Notes notes) {
        String title = "";
        while (!lines.isEmpty() && title.isEmpty()) {
            String line = lines.removeFirst().strip();
            if (line.isEmpty()) {
                continue;
            }
            if (TextFurniture.isAbove(line)) {
                notes.add("furniture around the text was left out");
            } else if (told.isDate(line)) {
                told.dated(line, "date line");
            } else if (!ReleaseLines.isNewsLabel(line) || !takes(told, line, notes)) {
                title = line;
            }
        }
        for (int seen = 0; seen < HEAD_LINES_MAX && !lines.isEmpty(); seen++) {
            String line = lines.removeFirst();
            if (!line.isBlank() && !takes(told, line, notes)) {
                lines.addFirst(line);
                break;
            }
        }
        return title;
    }

    private static boolean takes(ReleaseLines told, String line, Notes notes) {
        if (told.take(line)) {
            return true;
        }
        boolean furniture = line.length() <= ReleaseLines.LABEL_CHARACTERS_MAX && TextFurniture.isAbove(line);
        if (furniture) {
            notes.add("furniture around the text was left out");
        }
        return furniture;
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
