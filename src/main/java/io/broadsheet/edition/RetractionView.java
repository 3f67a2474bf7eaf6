package io.broadsheet.edition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article that was mailed and then taken back, as mail templates see it. It has no link: its text is gone.
 *
 * @param title plain text in one line
 * @param mailed when the newsletter first mailed it
 * @param note why, in plain text; absent when no reason was given
 * @param language BCP 47 tag of its title
 * @param dir {@code ltr} or {@code rtl}, the way that language is written
 */
public record RetractionView(
        String title, Instant mailed, @Nullable String note, String language, String dir) {}
