package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.source.Entry;
import io.broadsheet.source.FetchState;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.Visit;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Sources that show what a test lets them show, taken in by the real parts into a real database. */
final class Newsroom {
    final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    final Database database;
    final Ids ids = new Ids(clock);
    final SourceStore sources = new SourceStore(ids);
    final ArticleStore articles = new ArticleStore(sources);
    final TakeIn takeIn;

    Newsroom(TestDatabase test) {
        this.database = test.database();
        this.takeIn = new TakeIn(database, clock, ids, sources, articles, "en");
    }

    /** A source that has shown nothing yet. */
    void newSource(String name, int backlog, String... tags) {
        SourceDefinition definition = new SourceDefinition(
                name,
                SourceDefinition.Kind.FEED,
                "https://" + name + ".example/news/rss.xml",
                null,
                Duration.ofMinutes(15),
                List.of(tags),
                backlog,
                null,
                null);
        database.writing(tx -> sources.put(tx, definition, true, clock.instant()));
    }

    /** A source whose first visit, to an empty feed, is over. */
    void source(String name, String... tags) {
        newSource(name, 0, tags);
        show(name);
    }

    SourceReport show(String name, SomeEntry... entries) {
        return show(name, Stream.of(entries).map(SomeEntry::build).toList());
    }

    SourceReport show(String name, List<Entry> entries) {
        return takeIn.take(stored(name), new Visit(Visit.Status.OK, entries, List.of(), FetchState.NEW, null, null));
    }

    Source stored(String name) {
        return database.read(tx -> sources.find(tx, name)).orElseThrow();
    }

    /** A quarter of an hour later. */
    void later() {
        clock.advance(Duration.ofMinutes(15));
    }

    List<Article> all() {
        return newest(Selection.ALL);
    }

    Article only() {
        List<Article> all = all();
        if (all.size() != 1) {
            throw new AssertionError("expected one article, found " + all.size() + ": "
                    + all.stream().map(Article::title).toList());
        }
        return all.get(0);
    }

    List<Article> newest(Selection selection) {
        return database.read(tx -> articles.newest(tx, selection, 100));
    }

    List<String> titles(Selection selection) {
        return newest(selection).stream().map(Article::title).toList();
    }

    /** Headlines of what became news for the selection after the instant, newest first. */
    List<String> news(Selection selection, Instant after) {
        return database.read(tx -> {
            List<ArticleId> found =
                    articles.eligible(tx, selection, after, clock.instant().plusSeconds(1), 100).stream()
                            .map(Candidate::id)
                            .toList();
            return articles.list(tx, found).stream().map(Article::title).toList();
        });
    }

    List<String> news() {
        return news(Selection.ALL, Instant.EPOCH);
    }

    List<Explanation.Seen> sightings(Article article) {
        return new ExplainArticle(database, sources, articles, "https://news.example.org")
                .explain(article.id())
                .sightings();
    }

    /** The article that an entry, shown just now, landed in. */
    ArticleId articleOf(String source, Entry entry) {
        Keys keys = Keys.of(entry);
        return database.read(tx -> {
            List<Sighting> all = new SightingStore()
                    .byTextKey(tx, List.of(keys.wording().textKey())).stream()
                            .filter(sighting -> sighting.source().equals(stored(tx, source)))
                            .toList();
            return all.stream()
                    .filter(sighting -> Objects.equals(sighting.guid(), keys.guid()))
                    .findFirst()
                    .or(() -> all.stream().findFirst())
                    .orElseThrow()
                    .article();
        });
    }

    private SourceId stored(Tx tx, String name) {
        return sources.find(tx, name).orElseThrow().id();
    }

    /** Whether readers get it, or got it. */
    boolean isNews(ArticleId article) {
        return database.read(tx ->
                new SightingStore().ofArticles(tx, List.of(article)).stream().anyMatch(one -> one.eligible() != null));
    }
}
