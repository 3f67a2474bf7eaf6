package io.broadsheet.article;

import io.broadsheet.article.Identity.Match;
import io.broadsheet.article.Survey.Finding;
import io.broadsheet.article.WordingStore.Current;
import io.broadsheet.article.WordingStore.Draft;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Entry;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of one visit, taken in within one transaction: first all are told apart in memory, then only what differs from what is stored is
 * written. Used by one thread.
 */
final class Batch {
    private final TakeIn in;
    private final Tx tx;
    private final Source source;
    private final Reading reading;
    private final News news;
    private final Set<ArticleId> worded;
    private final Instant now;
    private final Instant eligible;
    private final Counts counts;
    private final Survey survey;
    private final @Nullable String floodWhy;
    private final Map<ArticleId, Set<Integer>> bands = new HashMap<>();

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Sighting> firsts = new ArrayList<>();
    private final List<Joined> joined = new ArrayList<>();
    private final List<Reworded> reworded = new ArrayList<>();
    private final Set<ArticleId> added = new HashSet<>();
    private final Map<SourceId, Optional<Source>> known = new HashMap<>();

    /** An entry that shows a known article under another guid or URL, or in another source. */
    private record Joined(Reading.Item item, Sighting sighting, boolean inBacklog, boolean leads) {}

    /** An entry whose text is not what the same sighting showed before. */
    private record Reworded(Reading.Item item, Sighting sighting, boolean leads) {}

    /** Of all batches of a visit. */
    static final class Counts {
        private int added;
        private int revised;
        private int joined;
        private int reused;
        private @Nullable String flood;
        private final IdentityHashMap<Entry, ArticleId> told = new IdentityHashMap<>();
        private final Set<ArticleId> firsts = new HashSet<>();
        private final Set<ArticleId> reworded = new HashSet<>();

        /** The story that an entry was told to be; absent for one that was not taken in. */
        @Nullable
        ArticleId article(Entry entry) {
            return told.get(entry);
        }

        boolean isNew(ArticleId article) {
            return firsts.contains(article);
        }

        boolean isRevised(ArticleId article) {
            return reworded.contains(article);
        }

        int changes() {
            return added + revised + joined;
        }

        int added() {
            return added;
        }

        void flooded(@Nullable String why) {
            flood = why;
        }

        SourceReport report(String name, int seen) {
            String why = flood;
            if (why == null && reused > 0) {
                why = reused + (reused == 1 ? " page shows" : " pages show") + " another story than before";
            }
            SourceReport.Status status = why == null ? SourceReport.Status.OK : SourceReport.Status.HELD;
            String held = why == null ? null : "source " + name + ": held: " + why + "; see 'broadsheet article held'";
            return new SourceReport(name, status, added, revised, seen, held, joined);
        }
    }

    Batch(
            TakeIn in,
            Tx tx,
            Source source,
            Reading reading,
            News news,
            Set<ArticleId> worded,
            Instant now,
            Instant eligible,
            Counts counts,
            Survey survey,
            @Nullable String floodWhy) {
        this.in = in;
        this.tx = tx;
        this.source = source;
        this.reading = reading;
        this.news = news;
        this.worded = worded;
        this.now = now;
        this.eligible = eligible;
        this.counts = counts;
        this.survey = survey;
        this.floodWhy = floodWhy;
    }

    /** @param articleId the id of the entry at this position, should it be a new article */
    void take(List<Reading.Item> items, IntToLongFunction articleId) {
        Known known = new Known(tx, in.stores().sightings(), source, reading, items);
        Identity identity = new Identity(source.id(), known);
        for (int at = 0; at < items.size(); at++) {
            Reading.Item item = items.get(at);
            Finding finding = survey.of(item);
            Optional<Match> match = identity.find(item.keys());
            ArticleId reused = finding.reused();
            if (match.isEmpty()) {
                match = Optional.ofNullable(finding.match());
            } else if (match.get().article().equals(reused)) {
                match = Optional.empty();
            }
            if (match.isEmpty()) {
                first(item, new ArticleId(articleId.applyAsLong(at)), known, finding);
            } else {
                again(item, match.get(), known);
            }
        }
        in.stores().wordings().add(tx, drafts);
        in.stores().sightings().add(tx, firsts);
        join();
        in.stores().bands().add(tx, bands);
        in.sources().learn(tx, source.id(), known.learnt());
        counts.added += drafts.size();
    }

    private void first(Reading.Item item, ArticleId article, Known known, Finding finding) {
        Instant newsAt = news.eligible(source, news.show(article), List.of(), eligible);
        String heldWhy = floodWhy;
        if (finding.reused() != null) {
            heldWhy = "page reused: article " + finding.reused() + " had its address and guid";
            counts.reused++;
        }
        Sighting sighting = sighting(item.keys(), new Match(article, "first"), newsAt);
        if (heldWhy != null) {
            sighting = sighting.asWaiting();
        }
        drafts.add(in.draft(article, source, item, now, heldWhy));
        bands.put(article, survey.keys(item));
        firsts.add(sighting);
        added.add(article);
        worded.add(article);
        known.add(sighting);
        counts.told.put(item.entry(), article);
        counts.firsts.add(article);
    }

    private void again(Reading.Item item, Match match, Known known) {
        boolean inBacklog = news.show(match.article());
        counts.told.put(item.entry(), match.article());
        // Of several entries for one article the newest has its wording; the others would change it back and forth.
        boolean leads = worded.add(match.article());
        Sighting repeated = known.repeated(item.keys(), match.article());
        if (repeated == null) {
            Sighting sighting = sighting(item.keys(), match, null);
            joined.add(new Joined(item, sighting, inBacklog, leads));
            known.add(sighting);
        } else if (!repeated.fingerprint().equals(item.keys().wording().fingerprint())) {
            reworded.add(new Reworded(item, repeated, leads));
        }
    }

    private Sighting sighting(Keys keys, Match match, @Nullable Instant eligibleAt) {
        return new Sighting(
                in.newSightingId(),
                match.article(),
                source.id(),
                keys.guid(),
                keys.guidKey(),
                keys.url(),
                keys.urlKey(),
                keys.platformKey(),
                keys.wording().textKey(),
                keys.wording().fingerprint(),
                now,
                eligibleAt,
                match.rule(),
                match.likeness(),
                false);
    }

    private void join() {
        Set<ArticleId> touched = new LinkedHashSet<>();
        joined.forEach(one -> touched.add(one.sighting().article()));
        reworded.forEach(one -> touched.add(one.sighting().article()));
        Map<ArticleId, List<Sighting>> before = new HashMap<>(in.stores().sightings().ofArticles(tx, touched).stream()
                .collect(Collectors.groupingBy(Sighting::article)));
        Map<ArticleId, Current> current = in.stores().wordings().current(tx, touched);
        List<Sighting> sightings = new ArrayList<>();
        for (Joined one : joined) {
            List<Sighting> all = before.computeIfAbsent(one.sighting().article(), none -> new ArrayList<>());
            Sighting stored = withNews(one, all);
            sightings.add(stored);
            all.add(stored);
            fill(one, all, Objects.requireNonNull(current.get(stored.article())));
        }
        in.stores().sightings().add(tx, sightings);
        for (Joined one : joined) {
            keepWording(one.item(), one.sighting(), current);
        }
        counts.joined += sightings.size();
        for (Joined one : joined) {
            if (one.leads()) {
                revise(one.item(), one.sighting(), before, current);
            }
        }
        for (Reworded one : reworded) {
            in.stores()
                    .sightings()
                    .reword(tx, one.sighting().id(), one.item().keys().wording());
            if (one.leads()) {
                revise(one.item(), one.sighting(), before, current);
            }
        }
    }

    /** So that the two can be told apart again, should an admin say that they are two. */
    private void keepWording(Reading.Item item, Sighting sighting, Map<ArticleId, Current> current) {
        Current article = current.get(sighting.article());
        if (article != null
                && !article.fingerprint().equals(item.keys().wording().fingerprint())) {
            in.stores().sightings().keepWording(tx, sighting.id(), item.entry());
        }
    }

    private Sighting withNews(Joined one, List<Sighting> before) {
        return one.sighting().asNews(news.eligible(source, one.inBacklog(), before, eligible));
    }

    /** What the article lacks is taken from any source; where its page is, from its primary source. */
    private void fill(Joined one, List<Sighting> all, Current current) {
        ArticleId article = one.sighting().article();
        Entry entry = one.item().entry();
        boolean moved = one.leads() && isPrimary(all, current.fingerprint()) && isNewAddress(one.sighting(), all);
        if (entry.url() != null && (current.url() == null || moved)) {
            in.stores().wordings().move(tx, article, entry.url());
        }
        if (entry.author() != null && current.author() == null) {
            in.stores().wordings().nameAuthor(tx, article, entry.author());
        }
        Instant published = entry.published();
        if (published != null && current.published() == null) {
            Instant ordered = Reading.ordered(entry, current.collected());
            in.stores().wordings().date(tx, article, published, entry.dateFrom(), ordered);
            in.stores().sightings().move(tx, article, ordered);
        }
    }

    private static boolean isNewAddress(Sighting sighting, List<Sighting> all) {
        return all.stream()
                .filter(before -> before.id() != sighting.id())
                .noneMatch(before -> Objects.equals(before.urlKey(), sighting.urlKey()));
    }

    private boolean isPrimary(List<Sighting> all, String fingerprint) {
        if (all.isEmpty() || isOnly(all)) {
            return !all.isEmpty();
        }
        return Primary.of(
                        all,
                        fingerprint,
                        id -> known.computeIfAbsent(id, none -> in.sources().find(tx, none))
                                .orElse(null))
                .source()
                .equals(source.id());
    }

    private boolean isOnly(List<Sighting> all) {
        return all.stream().allMatch(sighting -> sighting.source().equals(source.id()));
    }

    private void revise(
            Reading.Item item,
            Sighting sighting,
            Map<ArticleId, List<Sighting>> before,
            Map<ArticleId, Current> current) {
        ArticleId article = sighting.article();
        Current was = Objects.requireNonNull(current.get(article));
        String fingerprint = item.keys().wording().fingerprint();
        if (added.contains(article) || was.fingerprint().equals(fingerprint)) {
            return;
        }
        List<Sighting> all = before.getOrDefault(article, List.of());
        Draft draft = in.draft(article, source, item, now, null);
        switch (part(item, article, all, was)) {
            case NOTHING -> {
                return;
            }
            case HEAD -> {
                if (!in.stores().wordings().rehead(tx, draft, now)) {
                    return;
                }
            }
            case TEXT -> in.stores().wordings().retell(tx, draft, now);
            case ALL -> {
                in.stores().wordings().revise(tx, draft, now);
                String url = item.entry().url();
                if (url != null && !isPrimary(all, was.fingerprint()) && isNewAddress(sighting, all)) {
                    in.stores().wordings().move(tx, article, url);
                }
            }
        }
        bands.put(article, survey.keys(item));
        counts.revised++;
        counts.reworded.add(article);
    }

    /** What of an article another wording changes. */
    private enum Part {
        NOTHING,
        /** Headline, byline, unit: the text that is there says more. */
        HEAD,
        /** The text, and what goes with it: the primary source's says less. */
        TEXT,
        ALL
    }

    /** The primary source has the say; but a summary never takes a text's place, and a text always takes a summary's. */
    private Part part(Reading.Item item, ArticleId article, List<Sighting> all, Current was) {
        if (isOnly(all)) {
            return all.isEmpty() ? Part.NOTHING : Part.ALL;
        }
        // What its own wording was before, it may change as it likes.
        boolean own = all.stream()
                .anyMatch(one ->
                        one.source().equals(source.id()) && one.fingerprint().equals(was.fingerprint()));
        boolean primary = isPrimary(all, was.fingerprint());
        if (own) {
            return primary ? Part.ALL : Part.TEXT;
        }
        Story reads = Objects.requireNonNull(
                        in.stores().wordings().stories(tx, List.of(article)).get(article))
                .story();
        Story shown = Story.of(item.entry());
        if (primary) {
            return shown.isSummaryOf(reads) ? Part.HEAD : Part.ALL;
        }
        if (!shown.isFullerThan(reads)) {
            return Part.NOTHING;
        }
        return isPrimary(all, item.keys().wording().fingerprint()) ? Part.ALL : Part.TEXT;
    }
}
