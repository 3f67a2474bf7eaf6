package io.broadsheet.article;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an article stands.
 *
 * @param why one sentence; absent where none was given
 * @param since absent for one that was always open
 * @param joinedTo the article that tells its story; absent unless joined
 */
public record Standing(
        Word word,
        @Nullable String why,
        @Nullable Instant since,
        @Nullable ArticleId joinedTo) {
    /** Whether feeds and mail may have it. */
    public enum Word {
        OPEN,
        /** It waits for an admin. */
        HELD,
        /** An admin doesn't want it, now or later. */
        DISCARDED,
        /** An admin took it back. */
        RETRACTED,
        /** Another article tells its story. */
        JOINED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Word of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
