package io.broadsheet.html;

/** Text that XML 1.0 can carry. */
public final class XmlText {
    private XmlText() {}

    /** The text without characters outside XML 1.0's Char (§2.2): controls but TAB, LF and CR, U+FFFE, U+FFFF, lone surrogates. */
    public static String strip(String text) {
        int at = 0;
        while (at < text.length() && isChar(text, at)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (isChar(point)) {
                kept.appendCodePoint(point);
            }
            at += Character.charCount(point);
        }
        return kept.toString();
    }

    private static boolean isChar(String text, int at) {
        return isChar(text.codePointAt(at));
    }

    /** Whether XML 1.0 may hold this code point; a lone surrogate may not. */
    public static boolean isChar(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || (point >= 0x10000 && point <= 0x10FFFF);
    }
}
