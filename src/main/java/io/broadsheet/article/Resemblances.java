package io.broadsheet.article;

import io.broadsheet.article.Identity.Match;
import io.broadsheet.article.WordingStore.Told;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds, for an entry that no key tells, the article whose text it repeats. Used by one thread, within one transaction. */
final class Resemblances {
    /** A text comes back after a year as an anniversary, not as a copy. */
    private static final Duration WINDOW = Duration.ofDays(400);

    /** As many articles are read and compared in full. */
    private static final int BY_TEXT = 12;

    private static final int BY_HEADLINE = 8;

    private final Tx tx;
    private final TextBandStore bands;
    private final WordingStore wordings;
    private final SightingStore sightings;
    private final RulingStore rulings;
    private final SourceId source;
    private final Set<ArticleId> shown;
    private final Set<String> unread;
    private final ArticleId since;

    /**
     * @param shown articles that the same visit shows: what stands side by side is told apart by who published it
     * @param unread guids of what the source shows too, and the visit did not read again
     */
    Resemblances(Tx tx, IdentityStores stores, SourceId source, Set<ArticleId> shown, Set<String> unread, Instant now) {
        this.tx = tx;
        this.bands = stores.bands();
        this.wordings = stores.wordings();
        this.sightings = stores.sightings();
        this.rulings = stores.rulings();
        this.source = source;
        this.shown = Set.copyOf(shown);
        this.unread = unread;
        this.since = new ArticleId(Ids.from(now.minus(WINDOW)));
    }

    /**
     * What was found.
     *
     * @param match absent when no article has this text
     * @param alike whether one that is shown no more is so like it that a reader would call it known
     */
    record Found(@Nullable Match match, boolean alike) {
        static final Found NOTHING = new Found(null, false);
    }

    private record Like(ArticleId article, Comparison compared, boolean own) {
        Optional<String> rule() {
            return compared.rule(own);
        }
    }

    Found find(Story story) {
        Map<ArticleId, Told> stories = wordings.stories(tx, meeting(story));
        Set<ArticleId> telling = stories.values().stream().map(Told::by).collect(Collectors.toSet());
        telling.removeAll(shown);
        if (telling.isEmpty()) {
            return Found.NOTHING;
        }
        Set<ArticleId> own = new HashSet<>();
        for (Sighting sighting : sightings.ofArticles(tx, Set.copyOf(telling))) {
            if (sighting.source().equals(source)) {
                own.add(sighting.article());
                if (sighting.guid() != null && unread.contains(sighting.guid())) {
                    telling.remove(sighting.article());
                }
            }
        }
        Map<ArticleId, Like> likes = new HashMap<>();
        for (Told told : stories.values()) {
            if (telling.contains(told.by())) {
                Like like = new Like(told.by(), Comparison.of(story, told.story()), own.contains(told.by()));
                likes.merge(told.by(), like, (one, other) -> BEST.compare(one, other) >= 0 ? one : other);
            }
        }
        boolean alike = likes.values().stream().anyMatch(like -> like.compared().tellsAlike());
        return new Found(best(likes.values().stream().toList()), alike);
    }

    private static final Comparator<Like> BEST = Comparator.comparing(
                    (Like like) -> like.rule().isPresent())
            .thenComparing(like -> like.compared().sureness())
            .thenComparing(Like::own);

    private @Nullable Match best(List<Like> likes) {
        List<Like> joining = likes.stream()
                .filter(like -> like.rule().isPresent())
                .sorted(BEST.thenComparing(like -> -like.article().value()).reversed())
                .toList();
        Set<ArticleId> parted = parted(joining);
        return joining.stream()
                .filter(like -> !parted.contains(like.article()))
                .findFirst()
                .map(like -> new Match(
                        like.article(),
                        like.rule().orElseThrow(),
                        like.compared().likeness()))
                .orElse(null);
    }

    /** Of two that an admin told apart, the one that this source showed is meant. */
    private Set<ArticleId> parted(List<Like> joining) {
        if (joining.size() < 2) {
            return Set.of();
        }
        Set<ArticleId> own =
                joining.stream().filter(Like::own).map(Like::article).collect(Collectors.toSet());
        Set<ArticleId> parted = new HashSet<>();
        rulings.apart(tx, own).forEach((article, others) -> parted.addAll(others));
        parted.removeAll(own);
        return parted;
    }

    private Set<ArticleId> meeting(Story story) {
        Map<ArticleId, Integer> byText = bands.meeting(tx, TextBands.ofText(story), since);
        Map<ArticleId, Integer> byHeadline = bands.meeting(tx, TextBands.ofHeadline(story), since);
        Set<ArticleId> meeting = new LinkedHashSet<>(most(byText, BY_TEXT));
        meeting.addAll(most(byHeadline, BY_HEADLINE));
        return meeting;
    }

    private static List<ArticleId> most(Map<ArticleId, Integer> hits, int limit) {
        return hits.entrySet().stream()
                .sorted(Map.Entry.<ArticleId, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }
}
