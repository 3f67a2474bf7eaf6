package io.broadsheet.article;

import io.broadsheet.article.Identity.Match;
import io.broadsheet.article.Resemblances.Found;
import io.broadsheet.article.WordingStore.Told;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of one visit are, as far as reading tells: which articles they repeat by their text, which pages show another story than before,
 * and how many are new. Made outside of the writing transaction, which must be short; it holds as long as no article is added or changed. Used by
 * one thread.
 */
final class Survey {
    private final IdentityStores stores;
    private final Source source;
    private final Map<Reading.Item, Finding> findings = new IdentityHashMap<>();
    private final Map<Reading.Item, Set<Integer>> keys = new IdentityHashMap<>();
    private int fresh;
    private int alike;

    /**
     * What one entry is.
     *
     * @param match an article with its text; absent where there is none, or a key told it
     * @param reused the article whose page it shows, with another story on it; absent otherwise
     */
    record Finding(@Nullable Match match, @Nullable ArticleId reused) {
        static final Finding NOTHING = new Finding(null, null);
    }

    /** An entry of a known page whose text changed. */
    private record Changed(Reading.Item item, ArticleId article, Sighting before) {}

    Survey(
            Tx tx,
            IdentityStores stores,
            Source source,
            Reading reading,
            List<List<Reading.Item>> batches,
            Set<String> unread,
            Instant now) {
        this.stores = stores;
        this.source = source;
        Set<ArticleId> shown = new HashSet<>();
        List<Reading.Item> unknown = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        for (List<Reading.Item> batch : batches) {
            Known known = new Known(tx, stores.sightings(), source, reading, batch);
            Identity identity = new Identity(source.id(), known);
            for (Reading.Item item : batch) {
                Optional<Match> match = identity.find(item.keys());
                if (match.isEmpty()) {
                    unknown.add(item);
                    continue;
                }
                shown.add(match.get().article());
                Sighting before = known.repeated(item.keys(), match.get().article());
                if (before != null
                        && !before.fingerprint().equals(item.keys().wording().fingerprint())) {
                    changed.add(new Changed(item, match.get().article(), before));
                }
            }
        }
        changed(tx, changed);
        Resemblances resemblances = new Resemblances(tx, stores, source.id(), shown, unread, now);
        for (Reading.Item item : unknown) {
            unknown(item, resemblances);
        }
    }

    private void changed(Tx tx, List<Changed> changed) {
        List<ArticleId> articles =
                changed.stream().map(Changed::article).distinct().toList();
        Map<ArticleId, Told> stories = stores.wordings().stories(tx, articles);
        Map<ArticleId, Sighting> first = new HashMap<>();
        stores.sightings().ofArticles(tx, articles).forEach(one -> first.putIfAbsent(one.article(), one));
        for (Changed one : changed) {
            Story now = Story.of(one.item().entry());
            Told told = stories.get(one.article());
            // Another source's page says in its own words what the article says in others.
            boolean speaks =
                    Objects.requireNonNull(first.get(one.article())).source().equals(source.id());
            boolean samePage = one.item().keys().urlKey() != null
                    && Objects.equals(one.before().guid(), one.item().keys().guid());
            boolean reused = speaks
                    && samePage
                    && told != null
                    && Comparison.of(now, told.story()).tellsAnother();
            findings.put(one.item(), new Finding(null, reused ? one.article() : null));
            keys.put(one.item(), TextBands.all(now));
        }
    }

    private void unknown(Reading.Item item, Resemblances resemblances) {
        Story story = Story.of(item.entry());
        Found found = resemblances.find(story);
        findings.put(item, new Finding(found.match(), null));
        keys.put(item, TextBands.all(story));
        if (found.match() == null) {
            fresh++;
            alike += found.alike() ? 1 : 0;
        }
    }

    /** What was found of an entry; of one that this visit did not change, nothing. */
    Finding of(Reading.Item item) {
        return findings.getOrDefault(item, Finding.NOTHING);
    }

    /** To find its text by, should that be stored. Most entries are known, and theirs is not: so it is made when it is asked for. */
    Set<Integer> keys(Reading.Item item) {
        return keys.computeIfAbsent(item, one -> TextBands.all(Story.of(one.entry())));
    }

    /** How many entries are new articles. */
    int fresh() {
        return fresh;
    }

    /** How many of those are like one that the source shows no more. */
    int alike() {
        return alike;
    }
}
