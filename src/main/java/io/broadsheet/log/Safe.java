package io.broadsheet.log;

import org.jspecify.annotations.Nullable;

/** Makes what came from outside fit for one log line or one error line. */
public final class Safe {
    private static final int CHARACTERS_MAX = 200;

    private Safe() {}

    /** The text without controls and line breaks, at most 200 characters; what is longer ends in an ellipsis. */
    public static String text(@Nullable String outside) {
        if (outside == null) {
            return "";
        }
        StringBuilder safe = new StringBuilder();
        for (int at = 0; at < outside.length() && safe.length() < CHARACTERS_MAX; at++) {
            char c = outside.charAt(at);
            boolean unprintable = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            safe.append(unprintable ? ' ' : c);
        }
        if (outside.length() > CHARACTERS_MAX) {
            safe.append('…');
        }
        return safe.toString();
    }
}
