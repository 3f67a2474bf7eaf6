package io.broadsheet.edition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One variant of an edition, as mail templates see it under {@code $edition}.
 *
 * @param articles what is shown, newest first
 * @param more how many articles were due but are not shown; 0 usually
 * @param moreUrl where they can be read; absent when {@code more} is 0
 * @param retractions what the newsletter mailed and has taken back since; empty usually
 * @param date the slot
 * @param viewUrl where the edition can be read in a browser; absent when there is no such page
 */
public record EditionView(
        List<ArticleView> articles,
        int more,
        @Nullable String moreUrl,
        List<RetractionView> retractions,
        Instant date,
        @Nullable String viewUrl) {
    public EditionView {
        articles = List.copyOf(articles);
        retractions = List.copyOf(retractions);
    }
}
