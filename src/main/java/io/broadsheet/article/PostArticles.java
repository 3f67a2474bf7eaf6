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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in articles that somebody posted to a source, by the same rules as those that are collected. Safe to repeat: an article that is posted again
 * is the one it was. Safe for several threads.
 */
public final class PostArticles {
    private static final Logger log = LoggerFactory.getLogger(PostArticles.class);

    private final TakeIn takeIn;

    /** @param siteLanguage BCP 47 tag of articles whose entry and source say none */
    public PostArticles(
            Database database,
            Clock clock,
            Ids ids,
            SourceStore sources,
            ArticleStore articles,
            @Nullable String siteLanguage) {
        this.takeIn = new TakeIn(database, clock, ids, sources, articles, siteLanguage);
    }

    /** What became of one entry. */
    public enum State {
        NEW,
        /** It was known; now it reads as it was posted. */
        REVISED,
        /** It was known, and stays as it is. */
        KNOWN
    }

    /** One entry's article. */
    public record Taken(ArticleId article, State state) {}

    /**
     * @param entries each with a title, and an id or a URL
     * @return what became of each, in their order; empty when the source was closed meanwhile
     */
    public List<Taken> post(Source source, List<Entry> entries) {
        Stopwatch watch = Stopwatch.start();
        Batch.Counts counts = new Batch.Counts();
        SourceReport report = takeIn.take(source, entries, counts);
        List<Taken> taken = new ArrayList<>();
        for (Entry entry : entries) {
            ArticleId article = counts.article(entry);
            if (article == null) {
                return List.of();
            }
            taken.add(new Taken(article, state(article, counts)));
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

    private static State state(ArticleId article, Batch.Counts counts) {
        if (counts.isNew(article)) {
            return State.NEW;
        }
        return counts.isRevised(article) ? State.REVISED : State.KNOWN;
    }
}
