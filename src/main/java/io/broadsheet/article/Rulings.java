package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.source.SourceStore;
import java.time.Clock;

/** The operations by which an admin has the last word on articles. */
public record Rulings(HeldArticles held, JoinArticles joining, RetractArticle retracting) {
    public static Rulings of(Database database, Clock clock, Ids ids, SourceStore sources, ArticleStore articles) {
        return new Rulings(
                new HeldArticles(database, clock, ids, sources, articles),
                new JoinArticles(database, clock, ids, articles),
                new RetractArticle(database, clock, ids, articles));
    }
}
