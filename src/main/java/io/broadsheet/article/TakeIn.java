package io.broadsheet.article;

import io.broadsheet.article.WordingStore.Draft;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Rhythm;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceMemoryStore;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.Visit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final SourceStore sources;
    private final ArticleStore articles;
    private final @Nullable String siteLanguage;
    private final SightingStore sightings = new SightingStore();
    private final WordingStore wordings = new WordingStore();
    private final SourceMemoryStore memories = new SourceMemoryStore();

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
            case OK -> entries(source, visit);
            case UNCHANGED -> unchanged(source, visit);
            case FAILED ->
                failed(source, visit.error() == null ? "it can't be read" : visit.error(), visit.retryAfter());
        };
    }

    private SourceReport unchanged(Source source, Visit visit) {
        database.writing(tx -> remember(tx, source, visit, false));
        return SourceReport.unchanged(source.name());
    }

    private void remember(Tx tx, Source source, Visit visit, boolean news) {
        Instant now = clock.instant();
        Instant next = next(now, Rhythm.wait(source, visit, news, now), visit.retryAfter());
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
        }
    }

    /** Records that a visit failed, and when to try again. */
    SourceReport failed(Source source, String error, @Nullable Duration retryAfter) {
        Duration every = Rhythm.base(source);
        Duration most = every.compareTo(BACK_OFF_MAX) > 0 ? every : BACK_OFF_MAX;
        Duration doubled = every.multipliedBy(1L << Math.min(source.failures(), DOUBLINGS_MAX));
        Duration wait = doubled.compareTo(most) > 0 ? most : doubled;
        database.writing(tx -> sources.failed(tx, source.id(), error, next(clock.instant(), wait, retryAfter)));
        return SourceReport.failed(source.name(), error);
    }

    private static Instant next(Instant now, Duration wait, @Nullable Duration retryAfter) {
        if (retryAfter == null || retryAfter.compareTo(wait) < 0) {
            return now.plus(wait);
        }
        return now.plus(retryAfter.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : retryAfter);
    }

    private SourceReport entries(Source source, Visit visit) {
        Reading reading = Reading.of(source.definition(), visit.entries(), clock.instant());
        List<List<Reading.Item>> batches = batches(reading.items());
        News news = new News(source);
        Set<ArticleId> worded = new HashSet<>();
        long[] articleIds = ascending(reading.items().size());
        Batch.Counts counts = new Batch.Counts();
        int before = 0;
        for (int at = 0; at < batches.size(); at++) {
            List<Reading.Item> items = batches.get(at);
            boolean last = at == batches.size() - 1;
            int offset = before;
            boolean open = database.write(tx -> {
                Instant now = clock.instant();
                Instant eligible = articles.takeTurn(tx, now);
                Source fresh = sources.find(tx, source.id()).orElse(source);
                if (fresh.closed() != null) {
                    return false;
                }
                int changesBefore = counts.changes();
                // The newest entry gets the greatest id, so that ids order articles of one instant as the source does.
                new Batch(this, tx, fresh, reading, news, worded, now, eligible, counts)
                        .take(items, position -> articleIds[articleIds.length - 1 - offset - position]);
                if (counts.changes() > changesBefore) {
                    articles.markChanged(tx, ids.next(), now);
                }
                if (last) {
                    remember(tx, fresh, visit, counts.changes() > 0);
                }
                return true;
            });
            if (!open) {
                break;
            }
            before += items.size();
        }
        return counts.report(source.name(), reading.items().size());
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

    SightingStore sightings() {
        return sightings;
    }

    WordingStore wordings() {
        return wordings;
    }

    SourceStore sources() {
        return sources;
    }

    long newSightingId() {
        return ids.next();
    }

    Draft draft(ArticleId id, Source source, Reading.Item item, Instant now) {
        String language = item.entry().language();
        if (language == null) {
            language = source.definition().language() == null
                    ? siteLanguage
                    : source.definition().language();
        }
        return new Draft(id, item.entry(), item.keys().wording(), language, now);
    }
}
