package io.broadsheet.article;

import io.broadsheet.article.CandidateStore.Shown;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Goes through articles page by page for those that one selection holds. Used by one thread, within one transaction. */
final class Candidates {
    /** Articles looked at in one step: some 100 KB without their text. */
    private static final int PAGE = 200;

    /**
     * Articles looked through, newest first, for those of one selection. A feed that is not full by then asks for words or authors too rare to read
     * the whole archive for at each build.
     */
    private static final int LOOKED_THROUGH_MAX = 50_000;

    private final CandidateStore store;
    private final Tx tx;
    private final SelectionMatcher matcher;

    /** @param sources all, closed ones too */
    Candidates(CandidateStore store, Tx tx, Selection selection, List<Source> sources) {
        this.store = store;
        this.tx = tx;
        this.matcher = new SelectionMatcher(selection, sources);
    }

    /** In feed order. */
    List<ArticleId> newest(int size) {
        List<ArticleId> ids = new ArrayList<>();
        walk((article, first) -> {
            ids.add(article.id());
            return ids.size() < size;
        });
        return ids;
    }

    /** Newest first by when they became news. */
    List<Candidate> eligible(Instant after, Instant upTo, int limit) {
        List<Candidate> found = new ArrayList<>();
        Shown last = Shown.NONE_YET;
        while (true) {
            List<Shown> page = store.eligible(tx, matcher.onlySources(), after, upTo, last, PAGE);
            addEarliest(page, found);
            if (page.size() < PAGE || found.size() >= limit) {
                return found.size() <= limit ? List.copyOf(found) : List.copyOf(found.subList(0, limit));
            }
            last = page.get(page.size() - 1);
        }
    }

    private void addEarliest(List<Shown> page, List<Candidate> found) {
        Set<ArticleId> ids = page.stream().map(Shown::article).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<ArticleId, List<Shown>> all = store.sightings(tx, ids);
        Map<ArticleId, Selectable> articles = store.selectables(tx, ids, matcher.needsText()).stream()
                .collect(Collectors.toMap(Selectable::id, article -> article));
        for (Shown shown : page) {
            Selectable article = articles.get(shown.article());
            if (article == null) {
                continue;
            }
            Shown first = first(article, all);
            // An article stands in the list once: where its earliest matching sighting does.
            if (first != null && first.id() == shown.id() && first.eligible() != null && matcher.matches(article)) {
                found.add(new Candidate(article.id(), first.eligible(), article.language()));
            }
        }
    }

    /** In feed order, those that were never news. */
    List<Candidate> backlog(int newest) {
        List<Candidate> found = new ArrayList<>();
        walk((article, first) -> {
            if (first.eligible() == null && found.size() < newest) {
                found.add(new Candidate(article.id(), article.collected(), article.language()));
            }
            return found.size() < newest;
        });
        return List.copyOf(found);
    }

    Set<ArticleId> among(Collection<ArticleId> articles) {
        return among(articles, true);
    }

    /** Also those that are kept from feeds and mail. */
    Set<ArticleId> withheldAmong(Collection<ArticleId> articles) {
        return among(articles, false);
    }

    private Set<ArticleId> among(Collection<ArticleId> articles, boolean onlyOpen) {
        List<ArticleId> all = List.copyOf(articles);
        Set<ArticleId> found = new HashSet<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            List<ArticleId> page = all.subList(from, Math.min(all.size(), from + PAGE));
            Map<ArticleId, List<Shown>> sightings = store.sightings(tx, page);
            List<Selectable> selectables = onlyOpen
                    ? store.selectables(tx, page, matcher.needsText())
                    : store.withheld(tx, page, matcher.needsText());
            for (Selectable article : selectables) {
                if (first(article, sightings) != null && matcher.matches(article)) {
                    found.add(article.id());
                }
            }
        }
        return found;
    }

    private interface Step {
        /** Takes one article with its earliest matching sighting, and answers whether more are wanted. */
        boolean wantsMore(Selectable article, Shown first);
    }

    private void walk(Step step) {
        Place after = Place.FIRST;
        for (int looked = 0; looked < LOOKED_THROUGH_MAX; looked += PAGE) {
            List<Place> page = store.places(tx, matcher.onlySources(), after, PAGE);
            List<ArticleId> ids = page.stream().map(Place::id).toList();
            Map<ArticleId, List<Shown>> all = store.sightings(tx, ids);
            for (Selectable article : store.selectables(tx, ids, matcher.needsText())) {
                Shown first = first(article, all);
                if (first != null && matcher.matches(article) && !step.wantsMore(article, first)) {
                    return;
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.get(page.size() - 1);
        }
    }

    private @Nullable Shown first(Selectable article, Map<ArticleId, List<Shown>> sightings) {
        for (Shown shown : sightings.getOrDefault(article.id(), List.of())) {
            if (matcher.matches(shown.source(), article.categories())) {
                return shown;
            }
        }
        return null;
    }
}
