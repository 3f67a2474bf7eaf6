package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.source.HubStore;
import io.broadsheet.source.HubSubscription;
import io.broadsheet.source.Inspected;
import io.broadsheet.source.PushedFeed;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceStore;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what a hub pushed, as if it had been fetched: what is known stays as it is, so that pushing again, or visiting meanwhile, changes nothing.
 * Safe for several threads.
 */
public final class TakePush {
    private static final Logger log = LoggerFactory.getLogger(TakePush.class);

    private final Database database;
    private final SourceStore sources;
    private final TakeIn takeIn;
    private final HubStore hubs = new HubStore();
    private final PushedFeed pushedFeed = new PushedFeed();

    /** @param siteLanguage BCP 47 tag of articles whose entry and source say none */
    public TakePush(
            Database database,
            Clock clock,
            Ids ids,
            SourceStore sources,
            ArticleStore articles,
            @Nullable String siteLanguage) {
        this.database = database;
        this.sources = sources;
        this.takeIn = new TakeIn(database, clock, ids, sources, articles, siteLanguage);
    }

    /** One source, as its hub knows it. */
    private record Subscribed(Source source, HubSubscription subscription) {}

    /**
     * @param subscription whose hub's proof was seen
     * @param came when it was promised, or a little later; what came after it stays owed
     * @return whether it could be taken in; else the source is to be visited
     */
    public boolean take(long subscription, byte[] body, @Nullable String contentType, Instant came) {
        Stopwatch watch = Stopwatch.start();
        Optional<Subscribed> found = database.read(tx -> hubs.find(tx, subscription)
                .flatMap(one -> sources.find(tx, one.source()).map(source -> new Subscribed(source, one))));
        if (found.isEmpty()
                || found.get().source().closed() != null
                || found.get().source().paused() != null) {
            return true;
        }
        Source source = found.get().source();
        if (source.established() == null) {
            // What is pushed is but the newest: it would make back catalogue of itself, and news of all the rest.
            return false;
        }
        try {
            Inspected read = pushedFeed.read(
                    source.definition(), found.get().subscription().link().topic(), body, contentType);
            SourceReport report = takeIn.take(source, read.entries(), false, new Batch.Counts());
            database.writing(tx -> hubs.settle(tx, subscription, came));
            log.atInfo()
                    .addKeyValue("source", source.name())
                    .addKeyValue("new", report.added())
                    .addKeyValue("revised", report.revised())
                    .addKeyValue("seen", report.seen())
                    .addKeyValue("took-ms", watch.ms())
                    .log("push taken in");
            return true;
        } catch (OutsideError e) {
            log.atWarn()
                    .addKeyValue("source", source.name())
                    .addKeyValue("error", Safe.text(e.getMessage()))
                    .log("what a hub pushed could not be taken in; the source is visited instead");
            return false;
        }
    }
}
