package io.broadsheet.article;

import io.broadsheet.source.SourceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which story an entry is. The first key that hits wins, in this order: a guid of this source that is trusted, the canonical URL of any
 * source, the platform's number of the page, and the whole text for what has no link.
 */
final class Identity {
    /** Shorter texts may be the same in two sources by chance: "Office closed today." */
    private static final int WORDS_MIN = 30;

    private final SourceId source;
    private final Known known;

    Identity(SourceId source, Known known) {
        this.source = source;
        this.known = known;
    }

    /** The article, and the word for the rule that told it. */
    record Match(ArticleId article, String rule) {}

    /** @return nothing for a story that was never seen */
    Optional<Match> find(Keys keys) {
        return byGuid(keys, known.byGuid(keys), "guid")
                .or(() -> byGuid(keys, known.byGuidKey(keys), "guid-key"))
                .or(() -> one(known.byUrl(keys), hit -> hasText(hit, keys), "url"))
                .or(() -> one(known.byPlatform(keys), hit -> hasText(hit, keys), "platform"))
                .or(() -> byText(keys));
    }

    private Optional<Match> byGuid(Keys keys, List<Sighting> hits, String rule) {
        Optional<Match> match = one(hits, hit -> hasText(hit, keys) || hasUrl(hit, keys), rule);
        // A guid that counts positions in a list names another story each time: the page and text of one story outweigh
        // it.
        return match.filter(found -> known.byUrl(keys).stream()
                .noneMatch(hit -> hit.source().equals(source)
                        && hasText(hit, keys)
                        && !hit.article().equals(found.article())));
    }

    /** A key that several articles were seen with is none by itself: then what else the entry shows must be equal too. */
    private static Optional<Match> one(List<Sighting> hits, Predicate<Sighting> witness, String rule) {
        boolean single =
                hits.stream().map(Sighting::article).distinct().limit(2).count() == 1;
        return hits.stream()
                .filter(hit -> single || witness.test(hit))
                .findFirst()
                .map(hit -> new Match(hit.article(), rule));
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
        return (keys.urlKey() == null || hit.urlKey() == null) && keys.wording().words() >= WORDS_MIN;
    }

    private static boolean hasText(Sighting hit, Keys keys) {
        return hit.textKey().equals(keys.wording().textKey());
    }

    private static boolean hasUrl(Sighting hit, Keys keys) {
        return keys.urlKey() != null && Objects.equals(hit.urlKey(), keys.urlKey());
    }
}
