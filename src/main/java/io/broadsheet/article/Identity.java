package io.broadsheet.article;

import io.broadsheet.source.SourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which story an entry is. The first key that hits wins, in this order: a guid of this source that is trusted, the canonical URL of any
 * source, the platform's number of the page, and the whole text for what has no link. What no key tells may be told by {@link Resemblances}.
 */
final class Identity {
    private final SourceId source;
    private final Known known;

    Identity(SourceId source, Known known) {
        this.source = source;
        this.known = known;
    }

    /**
     * The article, and the word for the rule that told it.
     *
     * @param likeness of the texts; absent where a key told it
     */
    record Match(ArticleId article, String rule, @Nullable Likeness likeness) {
        Match(ArticleId article, String rule) {
            this(article, rule, null);
        }
    }

    /** @return nothing for a story that was never seen */
    Optional<Match> find(Keys keys) {
        return byGuid(keys, known.byGuid(keys), "guid")
                .or(() -> byGuid(keys, known.byGuidKey(keys), "guid-key"))
                .or(() -> one(known.byUrl(keys), keys, hit -> hasText(hit, keys), "url"))
                .or(() -> one(known.byPlatform(keys), keys, hit -> hasText(hit, keys), "platform"))
                .or(() -> byText(keys));
    }

    private Optional<Match> byGuid(Keys keys, List<Sighting> hits, String rule) {
        Optional<Match> match = one(hits, keys, hit -> hasText(hit, keys) || hasUrl(hit, keys), rule);
        // A guid that counts positions in a list names another story each time: the page and text of one story outweigh
        // it.
        return match.filter(found -> known.byUrl(keys).stream()
                .noneMatch(hit -> hit.source().equals(source)
                        && hasText(hit, keys)
                        && !hit.article().equals(found.article())));
    }

    /**
     * A key that several articles were seen with is none by itself: then what else the entry shows must be equal too. A page that was used again for
     * another story, under one guid, shows the newest of them.
     */
    private Optional<Match> one(List<Sighting> hits, Keys keys, Predicate<Sighting> witness, String rule) {
        boolean single =
                hits.stream().map(Sighting::article).distinct().limit(2).count() == 1;
        return hits.stream()
                .filter(hit -> single || witness.test(hit) || isOwnPage(hit, keys))
                .max(Comparator.comparing((Sighting hit) -> hasText(hit, keys))
                        .thenComparing(hit -> isOwnPage(hit, keys))
                        .thenComparing(Sighting::article))
                .map(hit -> new Match(hit.article(), rule));
    }

    private boolean isOwnPage(Sighting hit, Keys keys) {
        return hit.source().equals(source) && hasUrl(hit, keys) && Objects.equals(hit.guid(), keys.guid());
    }

    private Optional<Match> byText(Keys keys) {
        for (Sighting hit : known.byText(keys)) {
            boolean own = hit.source().equals(source);
            if (own && keys.guid() != null && keys.guid().equals(hit.guid())) {
                return Optional.of(new Match(hit.article(), "guid"));
            }
            if (own && hasUrl(hit, keys)) {
                return Optional.of(new Match(hit.article(), "url"));
            }
            if (own ? isOwnText(hit, keys) : isWithoutLink(hit, keys)) {
                return Optional.of(new Match(hit.article(), "text"));
            }
        }
        return Optional.empty();
    }

    private boolean isOwnText(Sighting hit, Keys keys) {
        boolean neitherHasKey = keys.hasNoKey() && hit.hasNoKey();
        // Where guids change as they please and there is no link, nothing else is left to tell it by.
        boolean guidsSayNothing = !known.guidsTrusted() && keys.urlKey() == null && hit.urlKey() == null;
        // A renamed file. Two that are there side by side stay two: a series may repeat its text.
        boolean renamed = isWithoutLink(hit, keys)
                && known.byText(keys).stream()
                        .noneMatch(other -> other.article().equals(hit.article())
                                && other.source().equals(source)
                                && known.isShown(other.guid()));
        return neitherHasKey || guidsSayNothing || renamed;
    }

    /** A text without a page of its own is known by nothing else in another source; a guid says something in its own source alone. */
    private static boolean isWithoutLink(Sighting hit, Keys keys) {
        return (keys.urlKey() == null || hit.urlKey() == null) && keys.wording().words() >= Story.WORDS_MIN;
    }

    private static boolean hasText(Sighting hit, Keys keys) {
        return hit.textKey().equals(keys.wording().textKey());
    }

    private static boolean hasUrl(Sighting hit, Keys keys) {
        return keys.urlKey() != null && Objects.equals(hit.urlKey(), keys.urlKey());
    }
}
