package io.broadsheet.source;

import io.broadsheet.error.UserError;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;
import org.jspecify.annotations.Nullable;

/**
 * CSS selectors that say where a list page has its stories, where that is not to be learned.
 *
 * @param item what holds one story; absent: each link stands for itself
 * @param link within the item, the link to the story; absent: its first one
 * @param title within the item, its headline; absent: found
 * @param date within the item, its date; absent: found
 */
public record Selectors(
        @Nullable String item,
        @Nullable String link,
        @Nullable String title,
        @Nullable String date) {
    private static final int CHARACTERS_MAX = 1_000;

    public Selectors {
        if (item == null && link == null) {
            throw new IllegalArgumentException("an item or a link");
        }
    }

    /** @throws UserError when the text is no CSS selector */
    static String checked(String text) {
        try {
            if (text.length() > CHARACTERS_MAX) {
                throw new UserError("a selector has at most " + CHARACTERS_MAX + " characters");
            }
            Evaluator unused = QueryParser.parse(text);
            return text;
        } catch (SelectorParseException | IllegalArgumentException e) {
            throw new UserError("'" + text + "' is not a CSS selector; write it like 'article.release' or 'h3 > a'");
        }
    }
}
