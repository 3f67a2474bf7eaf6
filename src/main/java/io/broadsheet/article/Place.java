package io.broadsheet.article;

import java.time.Instant;
import java.util.Comparator;

/** Where an article stands in feed order, newest first: what a page begins after. */
record Place(Instant ordered, ArticleId id) implements Comparable<Place> {
    /** Before the newest. 9999-12-31, since an id and an instant must both be columns' values. */
    static final Place FIRST = new Place(Instant.ofEpochSecond(253_402_214_400L), new ArticleId(Long.MAX_VALUE));

    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::ordered).thenComparing(Place::id).reversed();

    @Override
    public int compareTo(Place other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
