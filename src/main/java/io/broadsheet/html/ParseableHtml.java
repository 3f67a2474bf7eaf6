package io.broadsheet.html;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** HTML that can be parsed in a time that grows with its length alone. */
public final class ParseableHtml {
    /**
     * Inline elements that HTML's rules reopen in each new block. A document with more of them open than this would multiply itself on parsing,
     * so there they are left out; no article that people wrote comes near it.
     */
    private static final int FORMATTING_OPEN_MAX = 60;

    private static final Set<String> NAMES =
            Set.of("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    private static final int NAME_MAX = 6;

    private static final Pattern FORMATTING = Pattern.compile(
            "<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\\s/>])[^<>]*>",
            Pattern.CASE_INSENSITIVE);

    private ParseableHtml() {}

    /**
     * The document, or its beginning.
     *
     * @param charactersMax what is longer ends there
     * @param tagsMax what has more ends there
     */
    public static String of(String given, int charactersMax, int tagsMax) {
        String html = given.substring(0, Math.min(given.length(), charactersMax));
        int open = 0;
        int most = 0;
        int tags = 0;
        for (int tag = html.indexOf('<'); tag >= 0; tag = html.indexOf('<', tag + 1)) {
            if (++tags > tagsMax) {
                html = html.substring(0, tag);
                break;
            }
            boolean closing = tag + 1 < html.length() && html.charAt(tag + 1) == '/';
            if (isFormatting(html, closing ? tag + 2 : tag + 1)) {
                open = Math.max(0, open + (closing ? -1 : 1));
                most = Math.max(most, open);
            }
        }
        return most > FORMATTING_OPEN_MAX ? FORMATTING.matcher(html).replaceAll("") : html;
    }

    /** As the pattern has it, but without its cost, which every page would bear. */
    private static boolean isFormatting(String html, int name) {
        int end = name;
        while (end < html.length() && end - name <= NAME_MAX && isLetter(html.charAt(end))) {
            end++;
        }
        if (end == name || end >= html.length() || end - name > NAME_MAX) {
            return false;
        }
        char behind = html.charAt(end);
        if (behind != '>' && behind != '/' && !Character.isWhitespace(behind)) {
            return false;
        }
        return NAMES.contains(html.substring(name, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
