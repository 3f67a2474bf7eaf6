package io.broadsheet.article;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an article is one, where it was seen, and where it went.
 *
 * @param primary the source that has the say over its wording; absent for an article that was joined to another
 * @param rulings what admins decided of it, earliest first
 * @param sightings earliest first
 * @param selectedBy the feeds and newsletters whose selection it matches, now
 * @param mailedIn the editions that hold it, earliest first
 */
public record Explanation(
        ListedArticle article,
        List<Seen> sightings,
        List<SelectedBy> selectedBy,
        List<MailedIn> mailedIn,
        @Nullable PrimarySource primary,
        Stands stands,
        List<Decided> rulings) {
    public Explanation {
        sightings = List.copyOf(sightings);
        selectedBy = List.copyOf(selectedBy);
        mailedIn = List.copyOf(mailedIn);
        rulings = List.copyOf(rulings);
    }

    /**
     * One sighting.
     *
     * @param kind how the source brings its articles, such as {@code feed} or {@code api}
     * @param guid as given; absent when there was none
     * @param url as seen; absent when there was none
     * @param eligible when it became news through this source; absent: back catalogue, published but not mailed
     * @param joinedBy the rule that told the article
     * @param likeness how surely; absent where a key told it
     * @param number what {@code article split --sighting} takes, from 1
     */
    public record Seen(
            String source,
            String kind,
            @Nullable String guid,
            @Nullable String url,
            Instant seen,
            @Nullable Instant eligible,
            String joinedBy,
            @Nullable Likeness likeness,
            int number) {}

    /**
     * Whether feeds and mail may have it.
     *
     * @param standing {@code open}, {@code held}, {@code discarded}, {@code retracted} or {@code joined}
     * @param why one sentence; absent where none was given
     * @param since absent for one that was always open
     * @param joinedTo the article that tells its story; absent unless joined
     */
    public record Stands(
            String standing,
            @Nullable String why,
            @Nullable Instant since,
            @Nullable String joinedTo) {}

    /**
     * A decision of an admin.
     *
     * @param what {@code joined}, {@code apart}, {@code held}, {@code released}, {@code discarded}, {@code corrected} or {@code retracted}
     * @param other the article that it was joined with or told apart from; absent otherwise
     * @param note in the admin's words; absent when there is none
     */
    public record Decided(
            String what, @Nullable String other, @Nullable String note, Instant at) {}

    /** @param rule {@code own-site}, {@code fullest} or {@code first} */
    public record PrimarySource(String source, String rule) {}

    /** @param kind {@code feed} or {@code newsletter} */
    public record SelectedBy(String kind, String name) {}

    /**
     * One edition.
     *
     * @param edition its id, opaque
     * @param state of the edition
     */
    public record MailedIn(String edition, String newsletter, String cadence, Instant slot, String state) {}
}
