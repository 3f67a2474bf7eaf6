package io.broadsheet.article;

import io.broadsheet.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what a source shows for the first time is news. What a source shows at its first successful visit is back catalogue, but for the
 * newest that its {@code backlog} asks for. Used by one thread, for one visit.
 */
final class News {
    /** A story that a new source brought as back catalogue is news all the same if an established one shows it within this time. */
    static final Duration STAYS_NEWS = Duration.ofHours(24);

    private final boolean old;
    private final Set<ArticleId> shown = new HashSet<>();
    private int backlog;

    /** @param old whether all that is shown is back catalogue, by the word of who shows it */
    News(Source source, boolean old) {
        this.old = old;
        // A back catalogue that takes several visits has its newest in the first.
        this.backlog = source.collected() == null ? source.definition().backlog() : 0;
    }

    /** Tells of the next article in feed order, before it is asked about; answers whether it is among the newest that the backlog takes. */
    boolean show(ArticleId article) {
        return shown.add(article) && backlog-- > 0;
    }

    /**
     * @param source as it stands in this transaction: another process may have established it since the visit
     * @param inBacklog what {@link #show} answered
     * @param before earlier sightings of the article, by any source, earliest first
     * @param now when it is eligible if it is news
     * @return when it became news; absent for back catalogue
     */
    @Nullable
    Instant eligible(Source source, boolean inBacklog, List<Sighting> before, Instant now) {
        boolean shownBefore =
                before.stream().anyMatch(sighting -> sighting.source().equals(source.id()));
        if (shownBefore || old) {
            // Under another guid or URL: its first sighting said what it is.
            return null;
        }
        if (source.established() == null) {
            return inBacklog ? now : null;
        }
        boolean fresh = before.isEmpty()
                || before.stream().anyMatch(Sighting::isNews)
                || !before.get(0).seen().plus(STAYS_NEWS).isBefore(now);
        return fresh ? now : null;
    }
}
