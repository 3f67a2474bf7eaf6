package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.source.Entry;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceStore;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in articles that somebody posted to a source, by the same rules as those that are collected. Safe to repeat: an article that is posted again
 * is the one it was. Safe for several threads.
 */
public final class PostArticles {
    private static final Logger log = LoggerFactory.getLogger(PostArticles.class);

    private final Database database;
    private final TakeIn takeIn;
    private final StandingStore standings = new StandingStore();

    /** @param siteLanguage BCP 47 tag of articles whose entry and source say none */
    public PostArticles(
            Database database,
            Clock clock,
            Ids ids,
            SourceStore sources,
            ArticleStore articles,
            @Nullable String siteLanguage) {
        this.database = database;
        this.takeIn = new TakeIn(database, clock, ids, sources, articles, siteLanguage);
    }

    /** What became of one entry. */
    public enum State {
        NEW,
        /** It was known; now it reads as it was posted. */
        REVISED,
        /** It was known, and stays as it is. */
        KNOWN,
        /** It waits for an admin, new or known. */
        HELD
    }

    /**
     * One entry's article.
     *
     * @param why it is held; absent unless it is
     */
    public record Taken(
            ArticleId article, State state, @Nullable String why) {}

    /**
     * @param entries each with a title, and an id or a URL
     * @param old whether those that are new are back catalogue: published, not mailed
     * @return what became of each, in their order; empty when the source was closed meanwhile
     */
    public List<Taken> post(Source source, List<Entry> entries, boolean old) {
        Stopwatch watch = Stopwatch.start();
        Batch.Counts counts = new Batch.Counts();
        SourceReport report = takeIn.take(source, entries, old, counts);
        Map<ArticleId, String> held = held(entries, counts);
        List<Taken> taken = new ArrayList<>();
        for (Entry entry : entries) {
            ArticleId article = counts.article(entry);
            if (article == null) {
                return List.of();
            }
            String why = held.get(article);
            taken.add(new Taken(article, why == null ? state(article, counts) : State.HELD, why));
        }
        log.atInfo()
                .addKeyValue("source", source.name())
                .addKeyValue("new", report.added())
                .addKeyValue("revised", report.revised())
                .addKeyValue("seen", report.seen())
                .addKeyValue("took-ms", watch.ms())
                .log("articles posted");
        return taken;
    }

    private Map<ArticleId, String> held(List<Entry> entries, Batch.Counts counts) {
        Set<ArticleId> told =
                entries.stream().map(counts::article).filter(Objects::nonNull).collect(Collectors.toSet());
        return database.read(tx -> standings.heldAmong(tx, told));
    }

    private static State state(ArticleId article, Batch.Counts counts) {
        if (counts.isNew(article)) {
            return State.NEW;
        }
        return counts.isRevised(article) ? State.REVISED : State.KNOWN;
    }
}
