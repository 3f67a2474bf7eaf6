package io.broadsheet.article;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code article list}.
 *
 * @param id opaque
 * @param url of its own page, or of ours when it has none
 * @param published as a source claims; absent when none does
 * @param sources names, first sighting first
 */
public record ListedArticle(
        String id,
        String title,
        String url,
        @Nullable Instant published,
        Instant collected,
        List<String> sources,
        int sightings,
        int revisions,
        @JsonIgnore Place place) {
    public ListedArticle {
        sources = List.copyOf(sources);
    }

    /** @param siteUrl public base of our pages, without a trailing slash */
    static ListedArticle of(Article article, int sightings, String siteUrl) {
        String url = article.url();
        return new ListedArticle(
                article.id().toString(),
                article.title(),
                url == null ? siteUrl + "/a/" + article.id() : url,
                article.published(),
                article.collected(),
                article.sources(),
                sightings,
                article.revisions(),
                new Place(article.ordered(), article.id()));
    }
}
