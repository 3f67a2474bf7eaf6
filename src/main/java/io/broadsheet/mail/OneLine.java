package io.broadsheet.mail;

/** Makes any text safe to stand in a header field or in one line of a mail. */
public final class OneLine {
    private OneLine() {}

    /** Line breaks and tabs become a space, other controls and lone surrogates vanish, the ends are trimmed. */
    public static String of(String text) {
        if (isOneLine(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(code -> {
            if (code == '\r' || code == '\n' || code == '\t' || code == 0x85 || code == 0x2028 || code == 0x2029) {
                if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (!Character.isISOControl(code) && !isLoneSurrogate(code)) {
                line.appendCodePoint(code);
            }
        });
        return line.toString().strip();
    }

    /** Most texts are: nothing but printable ASCII, and no space at an end. */
    private static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !text.startsWith(" ") && !text.endsWith(" ");
    }

    private static boolean isLoneSurrogate(int code) {
        return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    }
}
