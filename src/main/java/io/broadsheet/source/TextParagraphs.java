package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of plain text as paragraphs, and those as HTML. */
final class TextParagraphs {
    /** Nobody wraps at more columns: a longer line is a whole paragraph. */
    private static final int WRAP_COLUMNS_MAX = 120;

    /** A line this short in the middle of a paragraph was ended on purpose. */
    private static final int WRAP_COLUMNS_MIN = 50;

    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[•·▪*]|[-–](?=\\s))\\s*");

    private TextParagraphs() {}

    /** Paragraphs in order. Empty lines part them; wrapped lines are joined; a list entry is one that begins with its bullet. */
    static List<String> of(List<String> lines) {
        List<String> paragraphs = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank()) {
                add(block, paragraphs);
                block.clear();
            } else {
                block.add(line.strip());
            }
        }
        add(block, paragraphs);
        return paragraphs;
    }

    private static void add(List<String> block, List<String> paragraphs) {
        StringBuilder paragraph = new StringBuilder();
        String before = "";
        for (String line : block) {
            boolean listed = BULLET.matcher(line).find();
            boolean apart = before.length() > WRAP_COLUMNS_MAX || line.length() > WRAP_COLUMNS_MAX || listed;
            if (!paragraph.isEmpty() && apart) {
                paragraphs.add(paragraph.toString());
                paragraph.setLength(0);
            }
            if (!paragraph.isEmpty()) {
                paragraph.append(before.length() < WRAP_COLUMNS_MIN ? '\n' : ' ');
            }
            paragraph.append(line);
            before = line;
        }
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph.toString());
        }
    }

    /** Each paragraph as {@code p}, runs of list entries as {@code ul}. */
    static String html(List<String> paragraphs) {
        StringBuilder html = new StringBuilder();
        boolean list = false;
        for (String paragraph : paragraphs) {
            boolean listed = BULLET.matcher(paragraph).find();
            if (listed != list) {
                html.append(listed ? "<ul>" : "</ul>");
                list = listed;
            }
            String text = FeedTree.escaped(listed ? BULLET.matcher(paragraph).replaceFirst("") : paragraph)
                    .replace("\n", "<br>");
            html.append(listed ? "<li>" : "<p>").append(text).append(listed ? "</li>" : "</p>");
        }
        return html.append(list ? "</ul>" : "").toString();
    }
}
