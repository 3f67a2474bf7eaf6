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
 * @param standing {@code open}, {@code held}, {@code discarded}, {@code retracted} or {@code joined}: only what is open is in feeds and mail
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
        String standing,
        @JsonIgnore Place place) {
    public ListedArticle {
        sources = List.copyOf(sources);
    }

    /** @param siteUrl public base of our pages, without a trailing slash */
    static ListedArticle of(Article article, int sightings, Standing.Word standing, String siteUrl) {
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
                standing.word(),
                new Place(article.ordered(), article.id()));
    }
}
