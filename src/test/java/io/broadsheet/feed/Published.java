package io.broadsheet.feed;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.RetractArticle;
import io.broadsheet.config.Home;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.SourceStore;
import io.broadsheet.test.Rows;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A home with the feed {@code news} of all articles. */
final class Published {
    final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    final Database database;
    final FeedStore store;
    final PublishFeeds publish;
    final Path folder;

    Published(TestDatabase test) {
        this(test, test.home());
    }

    /** @param folder of a home of its own, as each node has one */
    Published(TestDatabase test, Path folder) {
        this.database = test.database();
        Home home = Home.at(folder).create();
        Ids ids = new Ids(clock);
        SourceStore sources = new SourceStore(ids);
        this.store = new FeedStore(ids);
        this.publish =
                new PublishFeeds(home, SomeFeed.SITE, database, clock, store, new ArticleStore(sources), sources);
        this.folder = home.feeds();
        define("news");
    }

    void define(String name) {
        FeedDefinition like = SomeFeed.DEFINITION;
        database.writing(tx -> store.put(
                tx,
                new FeedDefinition(name, like.title(), like.description(), like.select(), like.size(), null),
                true,
                clock.instant()));
    }

    void article(long id, String title) {
        database.writing(tx -> Rows.article(tx, id, title, clock.instant()));
    }

    void retract(long id, String why) {
        new RetractArticle(database, clock, new Ids(clock), new ArticleStore(new SourceStore(new Ids(clock))))
                .retract(new ArticleId(id), why);
    }

    List<FeedReport> build() {
        clock.advance(Duration.ofSeconds(10));
        return publish.build(Progress.NONE);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
