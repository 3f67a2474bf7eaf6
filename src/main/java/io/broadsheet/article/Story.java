package io.broadsheet.article;

import io.broadsheet.source.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells one story from another when no key does: its headline and its text.
 *
 * @param title its distinct words, folded
 */
record Story(List<String> title, Shingles text) {
    /** Shorter texts may be the same by chance: "Office closed today." */
    static final int WORDS_MIN = 30;

    Story {
        title = List.copyOf(title);
    }

    static Story of(Entry entry) {
        return of(entry.title(), entry.content(), entry.summary(), entry.dateline());
    }

    /**
     * @param content sanitised HTML; absent when there is none: then the summary serves
     * @param dateline as the text begins with it; absent when unknown
     */
    static Story of(String title, @Nullable String content, @Nullable String summary, @Nullable String dateline) {
        return new Story(Shingles.title(title), Shingles.of(Wording.bare(content, summary, dateline)));
    }

    /** Whether there is enough text to know it by. */
    boolean isTelling() {
        return text.words() >= WORDS_MIN;
    }
}
