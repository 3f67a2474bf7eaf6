package io.broadsheet.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code $text}: shapes plain text for people who read it in a fixed width. */
final class TextTool implements Tool {
    /** What fits a terminal with two levels of quoting. */
    private static final int COLUMNS = 72;

    @Override
    public Map<String, Verb> verbs() {
        return Map.of("wrap", arguments -> wrap(Tool.one(String.class, "text", arguments)), "start", TextTool::start);
    }

    /** Paragraphs, parted by empty lines, each of lines of at most 72 columns; a longer word such as a URL keeps a line of its own. */
    static String wrap(String text) {
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R\\s*\\R")) {
            paragraphs.add(wrapParagraph(paragraph));
        }
        return String.join("\n\n", paragraphs);
    }

    private static String wrapParagraph(String paragraph) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : paragraph.strip().split("\\s+")) {
            int width = width(word);
            if (column > 0 && column + 1 + width > COLUMNS) {
                out.append('\n');
                column = 0;
            } else if (column > 0) {
                out.append(' ');
                column++;
            }
            column = appendWord(out, word, column);
        }
        return out.toString();
    }

    /** Chinese and Japanese have no spaces: such a run may break between any two wide characters. */
    private static int appendWord(StringBuilder out, String word, int start) {
        int column = start;
        for (int i = 0; i < word.length(); ) {
            int code = word.codePointAt(i);
            int width = width(code);
            if (column + width > COLUMNS && width == 2) {
                out.append('\n');
                column = 0;
            }
            out.appendCodePoint(code);
            column += width;
            i += Character.charCount(code);
        }
        return column;
    }

    /** {@code (text, count)}: its first whole words of at most so many characters, with an ellipsis when that isn't all. */
    private static Object start(Object[] arguments) {
        if (arguments.length != 2
                || !(arguments[0] instanceof String text)
                || !(arguments[1] instanceof Integer count)
                || count < 1) {
            throw new IllegalArgumentException("it takes a text and how many characters of it");
        }
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= count) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, count));
        int space = cut.lastIndexOf(' ');
        return (space > cut.length() / 2 ? cut.substring(0, space) : cut) + "…";
    }

    private static int width(String word) {
        return word.codePoints().map(TextTool::width).sum();
    }

    private static int width(int code) {
        if (Character.getType(code) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = code >= 0x1100
                && (Character.isIdeographic(code)
                        || code <= 0x115f
                        || code >= 0x3000 && code <= 0x30ff
                        || code >= 0xac00 && code <= 0xd7a3
                        || code >= 0xff00 && code <= 0xff60
                        || code >= 0x1f300 && code <= 0x1faff);
        return wide ? 2 : 1;
    }
}
