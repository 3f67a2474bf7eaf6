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

    /** An editor adds a paragraph; only a summary lacks a third. */
    private static final double FULLER = 1.5;

    /** A teaser is cut within a word, or ends in words of its own. */
    private static final double SUMMARY_WITHIN = .85;

    /** A teaser in words of its own is no longer, and the text it is for so many times as long. */
    private static final int SUMMARY_WORDS = 60;

    private static final int SUMMARY_TIMES = 3;

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

    /** Whether the other is but a summary of it: much shorter, and nearly all of it found here; or the headline alone. */
    boolean isFullerThan(Story other) {
        if (!isTelling() || text.words() < FULLER * other.text.words()) {
            return false;
        }
        if (other.text.hashes().length == 0) {
            return title.equals(other.title);
        }
        return text.shared(other.text) >= SUMMARY_WITHIN * other.text.hashes().length;
    }

    /** Whether so little is here of what the other tells that it can't stand for it, in whatever words. */
    boolean isSummaryOf(Story other) {
        return other.isFullerThan(this)
                || (text.words() < SUMMARY_WORDS && other.text.words() >= SUMMARY_TIMES * text.words());
    }
}
