package io.broadsheet.article;

import io.broadsheet.article.WordingStore.Draft;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Entry;
import io.broadsheet.source.HubStore;
import io.broadsheet.source.Rhythm;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceMemoryStore;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.Visit;
import io.broadsheet.source.Visits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what one visit brought: each entry becomes an article, a sighting, a revision, or nothing. Safe for several threads and processes, since
 * all that decides takes its turn; safe to be killed and repeated, since the visit is remembered only in the commit of its last entries.
 */
final class TakeIn {
    /** With their text, some tens of milliseconds of writing: others wait meanwhile. */
    private static final int BATCH = 500;

    private static final int BATCH_CHARACTERS = 4_000_000;

    /** However often it failed, a source is asked once a day (or as seldom as its {@code every} says). */
    private static final Duration BACK_OFF_MAX = Duration.ofDays(1);

    /** A server's wish to be left alone counts up to here. */
    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(7);

    private static final int DOUBLINGS_MAX = 20;

    /** What was read is read again when others wrote meanwhile; after so many times within the turn, where nobody can. */
    private static final int SURVEYS_MAX = 3;

    private static final int PUSHED_SLOWER = 4;
    private static final Duration PUSHED_MOST = Duration.ofHours(6);

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final SourceStore sources;
    private final ArticleStore articles;
    private final @Nullable String siteLanguage;
    private final IdentityStores stores = IdentityStores.make();
    private final SourceMemoryStore memories = new SourceMemoryStore();
    private final HubStore hubs = new HubStore();

    TakeIn(
            Database database,
            Clock clock,
            Ids ids,
            SourceStore sources,
            ArticleStore articles,
            @Nullable String siteLanguage) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.sources = sources;
        this.articles = articles;
        this.siteLanguage = siteLanguage;
    }

    SourceReport take(Source source, Visit visit) {
        return switch (visit.status()) {
            case OK -> {
                Batch.Counts counts = new Batch.Counts();
                yield entries(
                        source,
                        visit.entries(),
                        visit.unread(),
                        true,
                        false,
                        counts,
                        (tx, fresh) -> remember(tx, fresh, visit, counts.changes() > 0));
            }
            case UNCHANGED -> unchanged(source, visit);
            case FAILED ->
                failed(source, visit.error() == null ? "it can't be read" : visit.error(), visit.retryAfter());
        };
    }

    /**
     * What was not fetched by us, but brought: nothing is learnt from it about the next visit.
     *
     * @param old whether it is back catalogue: published, not mailed
     */
    SourceReport take(Source source, List<Entry> entries, boolean old, Batch.Counts counts) {
        return entries(
                source,
                entries,
                Set.of(),
                false,
                old,
                counts,
                (tx, fresh) -> sources.brought(tx, fresh.id(), clock.instant()));
    }

    private SourceReport unchanged(Source source, Visit visit) {
        database.writing(tx -> current(tx, List.of(source)).forEach(fresh -> remember(tx, fresh, visit, false)));
        return SourceReport.unchanged(source.name());
    }

    /** Many visits that brought nothing, in one commit. */
    List<SourceReport> unchanged(List<Visits.Visited> visited) {
        Map<SourceId, Visit> visits =
                visited.stream().collect(Collectors.toMap(one -> one.source().id(), Visits.Visited::visit));
        List<Source> sources = visited.stream().map(Visits.Visited::source).toList();
        database.writing(tx -> current(tx, sources)
                .forEach(fresh -> remember(tx, fresh, Objects.requireNonNull(visits.get(fresh.id())), false)));
        return visited.stream()
                .map(one -> SourceReport.unchanged(one.source().name()))
                .toList();
    }

    /** As they are now, and stay until this transaction ends: those that are still defined as they were when they were visited. */
    private List<Source> current(Tx tx, List<Source> visited) {
        Map<SourceId, SourceDefinition> asked =
                visited.stream().collect(Collectors.toMap(Source::id, Source::definition));
        return sources.held(tx, asked.keySet()).stream()
                .filter(fresh -> fresh.definition().equals(asked.get(fresh.id())))
                .toList();
    }

    private void remember(Tx tx, Source source, Visit visit, boolean news) {
        Instant now = clock.instant();
        Instant next = next(now, wait(tx, source, visit, news, now), visit.retryAfter());
        if (visit.goesOn()) {
            sources.goesOn(tx, source.id(), visit.state(), now, next);
        } else {
            sources.collected(tx, source.id(), visit.state(), now, next);
        }
        if (visit.pages() != null) {
            memories.putPages(tx, source.id(), visit.pages());
        }
        if (visit.status() == Visit.Status.OK) {
            memories.putNotes(tx, source.id(), visit.notes());
            hubs.offer(tx, ids.next(), source.id(), visit.hub(), now);
        }
    }

    private Duration wait(Tx tx, Source source, Visit visit, boolean news, Instant now) {
        Duration wait = Rhythm.wait(source, visit, news, now);
        return hubs.isLive(tx, source.id(), now) ? slower(wait) : wait;
    }

    /** While a hub tells of what is new, a visit only makes sure that nothing was lost on the way. */
    private static Duration slower(Duration every) {
        Duration wait = every.multipliedBy(PUSHED_SLOWER);
        Duration most = every.compareTo(PUSHED_MOST) > 0 ? every : PUSHED_MOST;
        return wait.compareTo(most) > 0 ? most : wait;
    }

    /** Records that a visit failed, and when to try again. */
    SourceReport failed(Source source, String error, @Nullable Duration retryAfter) {
        Duration every = Rhythm.base(source);
        Duration most = every.compareTo(BACK_OFF_MAX) > 0 ? every : BACK_OFF_MAX;
        Duration doubled = every.multipliedBy(1L << Math.min(source.failures(), DOUBLINGS_MAX));
        Duration wait = doubled.compareTo(most) > 0 ? most : doubled;
        database.writing(tx -> current(tx, List.of(source))
                .forEach(fresh -> sources.failed(tx, fresh.id(), error, next(clock.instant(), wait, retryAfter))));
        return SourceReport.failed(source.name(), error);
    }

    private static Instant next(Instant now, Duration wait, @Nullable Duration retryAfter) {
        if (retryAfter == null || retryAfter.compareTo(wait) < 0) {
            return now.plus(wait);
        }
        return now.plus(retryAfter.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : retryAfter);
    }

    /**
     * @param unread ids of what the source shows too, as it did before
     * @param isVisit whether they were read as the source was defined then, so that they are not wanted when it is defined otherwise now
     * @param remember what else the commit of the last entries holds
     */
    private SourceReport entries(
            Source source,
            List<Entry> entries,
            Set<String> unread,
            boolean isVisit,
            boolean old,
            Batch.Counts counts,
            BiConsumer<Tx, Source> remember) {
        Reading reading = Reading.of(source.definition(), entries, clock.instant());
        List<List<Reading.Item>> batches = batches(reading.items());
        Set<String> guids =
                unread.stream().map(Keys::guid).filter(Objects::nonNull).collect(Collectors.toSet());
        int shown = reading.items().size() + unread.size();
        Surveyed surveyed = survey(source, reading, batches, guids);
        // Decided once for the whole visit: its first half must not be mailed before the second is known. What was
        // posted to us was meant.
        String flood = !source.definition().isVisited()
                ? null
                : Flood.why(
                        source,
                        shown,
                        surveyed.survey().fresh(),
                        surveyed.survey().alike(),
                        clock.instant());
        Round round = new Round(source, reading, guids, isVisit, new News(source, old), flood, counts, remember);
        for (int at = 0; at < batches.size(); at++) {
            boolean last = at == batches.size() - 1;
            Outcome outcome = Outcome.OUTDATED;
            for (int tries = 0; outcome == Outcome.OUTDATED; tries++) {
                Surveyed known = surveyed;
                boolean inTurn = tries >= SURVEYS_MAX;
                List<Reading.Item> items = batches.get(at);
                outcome = database.write(tx -> take(tx, round, items, known, last, inTurn));
                if (outcome == Outcome.OUTDATED) {
                    surveyed = survey(source, reading, batches, guids);
                }
            }
            if (outcome == Outcome.CLOSED) {
                break;
            }
        }
        return round.counts.report(source.name(), shown);
    }

    private enum Outcome {
        TAKEN,
        /** Others wrote since the survey was made: nothing was done. */
        OUTDATED,
        /** The source is no more, or another. */
        CLOSED
    }

    /**
     * A survey, and as of when it holds.
     *
     * @param mark of the last change to articles; empty before the first
     */
    private record Surveyed(Survey survey, String mark) {}

    private Surveyed survey(Source source, Reading reading, List<List<Reading.Item>> batches, Set<String> unread) {
        return database.read(tx -> {
            String mark = articles.changeMark(tx).orElse("");
            return new Surveyed(new Survey(tx, stores, source, reading, batches, unread, clock.instant()), mark);
        });
    }

    /** What goes with a visit from batch to batch. */
    private final class Round {
        private final Source source;
        private final Reading reading;
        private final Set<String> unread;
        private final boolean isVisit;
        private final News news;
        private final @Nullable String flood;
        private final long[] articleIds;
        private final Set<ArticleId> worded = new HashSet<>();
        private final Batch.Counts counts;
        private final BiConsumer<Tx, Source> remember;
        private final Set<String> ownMarks = new HashSet<>();
        private int before;

        private Round(
                Source source,
                Reading reading,
                Set<String> unread,
                boolean isVisit,
                News news,
                @Nullable String flood,
                Batch.Counts counts,
                BiConsumer<Tx, Source> remember) {
            this.source = source;
            this.reading = reading;
            this.unread = unread;
            this.isVisit = isVisit;
            this.news = news;
            this.flood = flood;
            this.articleIds = ascending(reading.items().size());
            this.counts = counts;
            this.remember = remember;
            counts.flooded(flood);
        }
    }

    private Outcome take(
            Tx tx, Round round, List<Reading.Item> items, Surveyed surveyed, boolean last, boolean inTurn) {
        Instant now = clock.instant();
        Instant eligible = articles.takeTurn(tx, now);
        Source fresh = sources.held(tx, List.of(round.source.id())).get(0);
        boolean another = round.isVisit && !fresh.definition().equals(round.source.definition());
        if (fresh.closed() != null || another) {
            return Outcome.CLOSED;
        }
        String mark = articles.changeMark(tx).orElse("");
        Survey survey = surveyed.survey();
        if (!mark.equals(surveyed.mark()) && !round.ownMarks.contains(mark)) {
            if (!inTurn) {
                return Outcome.OUTDATED;
            }
            survey = new Survey(tx, stores, fresh, round.reading, List.of(items), round.unread, now);
        }
        int changesBefore = round.counts.changes();
        long[] articleIds = round.articleIds;
        int offset = round.before;
        // The newest entry gets the greatest id, so that ids order articles of one instant as the source does.
        new Batch(
                        this,
                        tx,
                        fresh,
                        round.reading,
                        round.news,
                        round.worded,
                        now,
                        eligible,
                        round.counts,
                        survey,
                        round.flood)
                .take(items, position -> articleIds[articleIds.length - 1 - offset - position]);
        if (round.counts.changes() > changesBefore) {
            String own = Long.toString(ids.next());
            articles.markChanged(tx, Long.parseLong(own), now);
            round.ownMarks.add(own);
        }
        if (last) {
            round.remember.accept(tx, fresh);
            if (fresh.established() != null && round.flood == null && round.counts.added() > 0) {
                sources.brought(tx, fresh.id(), fresh.news().plus(round.counts.added()));
            }
        }
        round.before += items.size();
        return Outcome.TAKEN;
    }

    private long[] ascending(int count) {
        long[] all = new long[count];
        for (int at = 0; at < count; at++) {
            all[at] = ids.next();
        }
        return all;
    }

    /** At least one, if empty: what was learnt is remembered with the last. */
    private static List<List<Reading.Item>> batches(List<Reading.Item> items) {
        List<List<Reading.Item>> batches = new ArrayList<>();
        List<Reading.Item> batch = new ArrayList<>();
        long characters = 0;
        for (Reading.Item item : items) {
            String content = item.entry().content();
            long length = content == null ? 0 : content.length();
            if (batch.size() == BATCH || (characters + length > BATCH_CHARACTERS && !batch.isEmpty())) {
                batches.add(batch);
                batch = new ArrayList<>();
                characters = 0;
            }
            batch.add(item);
            characters += length;
        }
        batches.add(batch);
        return batches;
    }

    IdentityStores stores() {
        return stores;
    }

    SourceStore sources() {
        return sources;
    }

    long newSightingId() {
        return ids.next();
    }

    Draft draft(ArticleId id, Source source, Reading.Item item, Instant now, @Nullable String heldWhy) {
        String language = item.entry().language();
        if (language == null) {
            language = source.definition().language() == null
                    ? siteLanguage
                    : source.definition().language();
        }
        return new Draft(id, item.entry(), item.keys().wording(), language, now, heldWhy);
    }
}
