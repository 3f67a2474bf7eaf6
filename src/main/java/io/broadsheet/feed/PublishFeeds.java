package io.broadsheet.feed;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Retracted;
import io.broadsheet.config.Home;
import io.broadsheet.config.Settings.Site;
import io.broadsheet.db.Database;
import io.broadsheet.error.OutsideError;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.SourceStore;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the files of all open feeds, and writes those whose bytes changed. Safe to repeat: a second call writes nothing, unless a file is missing,
 * damaged, or older than what another node built. Safe for several threads and processes: they take turns.
 */
public final class PublishFeeds {
    private static final Logger log = LoggerFactory.getLogger(PublishFeeds.class);

    /** How long a feed tells of a retraction: a reader that was not there for so long starts anew. */
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(90);

    private final Site site;
    private final Database database;
    private final Clock clock;
    private final FeedStore feeds;
    private final ArticleStore articles;
    private final SourceStore sources;
    private final FeedFiles files;

    public PublishFeeds(
            Home home,
            Site site,
            Database database,
            Clock clock,
            FeedStore feeds,
            ArticleStore articles,
            SourceStore sources) {
        this.site = site;
        this.database = database;
        this.clock = clock;
        this.feeds = feeds;
        this.articles = articles;
        this.sources = sources;
        this.files = new FeedFiles(home.feeds(), home.feedsLock());
    }

    /**
     * Publishes.
     *
     * @return one report an open feed, by name
     * @throws OutsideError when files can't be written; the other feeds are written all the same, and every file is whole
     */
    public List<FeedReport> build(Progress progress) {
        Stopwatch watch = Stopwatch.start();
        List<FeedReport> reports = files.alone(() -> buildAll(progress));
        log.atInfo()
                .addKeyValue("feeds", reports.size())
                .addKeyValue(
                        "changed", reports.stream().filter(FeedReport::changed).count())
                .addKeyValue("took-ms", watch.ms())
                .log("feeds published");
        return reports;
    }

    private List<FeedReport> buildAll(Progress progress) {
        List<Feed> open = database.read(feeds::open);
        Origins behind = Origins.of(database.read(sources::all));
        progress.total(open.size());
        List<FeedReport> reports = new ArrayList<>();
        List<RuntimeException> failed = new ArrayList<>();
        for (Feed feed : open) {
            try {
                FeedReport report = buildOne(feed, behind);
                reports.add(report);
                progress.note(report.name() + (report.changed() ? ": changed" : ": unchanged"));
            } catch (RuntimeException e) {
                // Whatever it is, the other feeds are published; it is thrown once they are.
                failed.add(e);
            }
            progress.done(reports.size() + failed.size());
        }
        if (!failed.isEmpty()) {
            RuntimeException first = failed.get(0);
            failed.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        list(open, behind);
        return reports;
    }

    private FeedReport buildOne(Feed feed, Origins behind) {
        FeedDefinition definition = feed.definition();
        List<Article> newest = database.read(tx -> articles.newest(tx, definition.select(), definition.size()));
        FeedContent content = new FeedContent(
                definition,
                site,
                feed.created(),
                behind.minutes(definition.select()),
                newest,
                retracted(definition),
                behind.addresses());
        Documents documents = Documents.of(content);
        Instant modified = changed(feed, documents.fingerprint());
        boolean written = files.write(feed.name(), documents, modified);
        return new FeedReport(feed.name(), files.names(feed.name()), written, newest.size());
    }

    /** The latest retractions, no more than the feed holds articles. Counted from midnight UTC, so that nodes agree and bytes stay the same all day. */
    private List<Retracted> retracted(FeedDefinition definition) {
        Instant since = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(TOMBSTONES_KEPT);
        return database.read(tx -> articles.retracted(tx, definition.select(), since)).stream()
                .limit(definition.size())
                .toList();
    }

    /**
     * When these bytes came to be. The database is told before the files are: after a kill in between, the next call finds files that are not
     * what the database says, and writes them.
     */
    private Instant changed(Feed feed, String fingerprint) {
        Instant known = feed.changed();
        if (known != null && fingerprint.equals(feed.fingerprint())) {
            return known;
        }
        Feed now = database.write(tx -> {
            feeds.changed(tx, feed.id(), fingerprint, clock.instant());
            return feeds.find(tx, feed.name()).orElseThrow();
        });
        @Nullable Instant changed = now.changed();
        if (changed == null) {
            throw new IllegalStateException("feed " + feed.name() + " was changed just now");
        }
        return changed;
    }

    /** What readers can choose from; and nothing is left of feeds that are not there any more. */
    private void list(List<Feed> open, Origins behind) {
        List<FeedDefinition> definitions = open.stream().map(Feed::definition).toList();
        List<PublishedFeed> published = definitions.stream()
                .map(feed -> new PublishedFeed(
                        feed.name(),
                        feed.title(),
                        feed.description() == null ? feed.title() : feed.description(),
                        feed.language() == null ? site.language() : feed.language(),
                        behind.minutes(feed.select())))
                .toList();
        Instant now = clock.instant();
        files.writeIndex(new FeedIndex(published, database.read(feeds::closedNames)), now);
        files.writeOpml(OpmlWriter.write(site, definitions), now);
        files.keepOnly(definitions.stream().map(FeedDefinition::name).collect(Collectors.toUnmodifiableSet()));
        files.settle();
    }
}
