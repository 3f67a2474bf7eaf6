package io.broadsheet.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The story's text as the page's own metadata has it ({@code articleBody}): where its paragraphs stand in the page, there the story is. */
final class Guide {
    /** Letters of a block's beginning that are looked for. */
    private static final int PROBE = 40;

    /** Characters in which so many letters are, even with much space. */
    static final int PROBE_TEXT = 200;

    /** Less is a teaser. */
    private static final int LETTERS_MIN = 200;

    /** Fifty times a long article. */
    private static final int LETTERS_MAX = 500_000;

    private final String letters;

    private Guide(String letters) {
        this.letters = letters;
    }

    /** @return null when there is no text, or no more than a teaser */
    static @Nullable Guide of(@Nullable String text) {
        String letters = text == null ? "" : letters(text, LETTERS_MAX);
        return letters.length() < LETTERS_MIN ? null : new Guide(letters);
    }

    int length() {
        return letters.length();
    }

    /** Marks the blocks below that it has. @return how many of its letters, about, were found */
    int mark(Box root) {
        int[] found = {0};
        root.each(box -> {
            if (box.ownLength() >= 20) {
                String probe = letters(box.ownText(), PROBE);
                if (probe.length() >= 12 && letters.contains(probe) && hasMiddle(box)) {
                    box.guide();
                    found[0] += box.ownLength();
                }
            }
        });
        return found[0];
    }

    /** Two stories may begin with one sentence. */
    private boolean hasMiddle(Box box) {
        String beginning = letters(box.ownText(), 2 * PROBE);
        return beginning.length() < 2 * PROBE || letters.contains(beginning.substring(PROBE));
    }

    /** Lower-case letters and digits alone: pages and metadata differ in spaces, quotes and dashes. */
    private static String letters(String text, int most) {
        StringBuilder letters = new StringBuilder(Math.min(text.length(), most));
        for (int at = 0; at < text.length() && letters.length() < most; at++) {
            char c = text.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
