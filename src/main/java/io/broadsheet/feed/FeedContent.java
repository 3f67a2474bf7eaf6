package io.broadsheet.feed;

import io.broadsheet.article.Article;
import io.broadsheet.article.Retracted;
import io.broadsheet.config.Settings.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the documents of one feed are made of. The same content gives the same bytes: no writer looks at a clock.
 *
 * @param created when the feed was defined: what {@link #updated} answers while there is no article
 * @param minutes how often it is worth asking again
 * @param articles newest first
 * @param retracted articles of its selection that were taken back lately, the latest first
 * @param origins the public address of each source that is a feed itself, by name
 */
record FeedContent(
        FeedDefinition definition,
        Site site,
        Instant created,
        int minutes,
        List<Article> articles,
        List<Retracted> retracted,
        Map<String, String> origins) {
    FeedContent {
        articles = List.copyOf(articles);
        retracted = List.copyOf(retracted);
        origins = Map.copyOf(origins);
    }

    String title() {
        return definition.title();
    }

    String description() {
        String described = definition.description();
        return described == null ? definition.title() : described;
    }

    String language() {
        String own = definition.language();
        return own == null ? site.language() : own;
    }

    Links links() {
        return new Links(site.url());
    }

    String selfUrl(FeedFormat format) {
        return links().feed(definition.name(), format);
    }

    /** The newest change of any article it holds, or the latest retraction: losing an entry is a change too. */
    Instant updated() {
        return Stream.concat(
                        articles.stream().map(FeedContent::updated),
                        retracted.stream().map(Retracted::at))
                .max(Instant::compareTo)
                .orElse(created);
    }

    /** The last significant change, never before it was published: a source may claim what it likes. */
    static Instant updated(Article article) {
        return article.updated().isBefore(article.ordered()) ? article.ordered() : article.updated();
    }

    /** Name of the first source with a public address that showed the article; absent when there is none. */
    @Nullable
    String origin(Article article) {
        for (String source : article.sources()) {
            if (origins.containsKey(source)) {
                return source;
            }
        }
        return null;
    }

    /** What stands for the whole text: the content, or else the summary; absent when there is neither. */
    static @Nullable String body(Article article) {
        return article.content() == null ? article.summary() : article.content();
    }
}
