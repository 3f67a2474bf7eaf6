package io.broadsheet.article;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code article list}.
 *
 * @param id opaque
 * @param url absent for one without a page of its own
 * @param published as a source claims; absent when none does
 * @param sources names, first sighting first
 */
public record ListedArticle(
        String id,
        String title,
        @Nullable String url,
        @Nullable Instant published,
        Instant collected,
        List<String> sources,
        int sightings,
        int revisions,
        @JsonIgnore Place place) {
    public ListedArticle {
        sources = List.copyOf(sources);
    }

    static ListedArticle of(Article article, int sightings) {
        return new ListedArticle(
                article.id().toString(),
                article.title(),
                article.url(),
                article.published(),
                article.collected(),
                article.sources(),
                sightings,
                article.revisions(),
                new Place(article.ordered(), article.id()));
    }
}
