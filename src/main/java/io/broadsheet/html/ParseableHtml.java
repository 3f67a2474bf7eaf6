package io.broadsheet.html;

import java.util.regex.Pattern;

/** HTML that can be parsed in a time that grows with its length alone. */
public final class ParseableHtml {
    /**
     * Inline elements that HTML's rules reopen in each new block. A document with more of them open than this would multiply itself on parsing,
     * so there they are left out; no article that people wrote comes near it.
     */
    private static final int FORMATTING_OPEN_MAX = 60;

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
        int tag = html.indexOf('<');
        for (int tags = 1; tag >= 0; tags++) {
            if (tags > tagsMax) {
                html = html.substring(0, tag);
                break;
            }
            tag = html.indexOf('<', tag + 1);
        }
        int open = 0;
        int most = 0;
        var tags = FORMATTING.matcher(html);
        while (tags.find()) {
            open = Math.max(0, open + (tags.group(1).isEmpty() ? 1 : -1));
            most = Math.max(most, open);
        }
        return most > FORMATTING_OPEN_MAX ? FORMATTING.matcher(html).replaceAll("") : html;
    }
}
