package io.broadsheet.web.site;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleId;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Selection;
import io.broadsheet.article.Standing;
import io.broadsheet.db.Database;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterStore;
import java.util.List;
import java.util.Optional;

/** What the public pages show of articles and newsletters. Only reads. Safe for several threads. */
public final class Newsroom {
    private static final int HEADLINES_MAX = 20;

    private final Database database;
    private final ArticleStore articles;
    private final NewsletterStore newsletters;

    public Newsroom(Database database, ArticleStore articles, NewsletterStore newsletters) {
        this.database = database;
        this.articles = articles;
        this.newsletters = newsletters;
    }

    /**
     * What the home page shows.
     *
     * @param articles the newest, newest first
     * @param newsletters the open ones
     */
    record Front(List<Article> articles, List<Newsletter> newsletters) {}

    Front front() {
        return database.read(tx -> new Front(articles.newest(tx, Selection.ALL, HEADLINES_MAX), newsletters.open(tx)));
    }

    /** What the page of an article shows: of one that was joined to another, that. What is held or discarded has no page. */
    Optional<Article> article(ArticleId id) {
        return database.read(tx -> {
            Optional<Standing> standing = articles.standing(tx, id);
            if (standing.isEmpty()) {
                return Optional.empty();
            }
            ArticleId joinedTo = standing.get().joinedTo();
            return switch (standing.get().word()) {
                case OPEN -> articles.find(tx, id);
                case JOINED ->
                    articles.standing(tx, joinedTo == null ? id : joinedTo)
                            .filter(other -> other.word() == Standing.Word.OPEN)
                            .flatMap(other -> articles.find(tx, joinedTo == null ? id : joinedTo));
                case HELD, DISCARDED, RETRACTED -> Optional.empty();
            };
        });
    }

    /** Whether an article was taken back. */
    boolean isRetracted(ArticleId id) {
        return database.read(tx -> articles.standing(tx, id))
                .filter(standing -> standing.word() == Standing.Word.RETRACTED)
                .isPresent();
    }

    /** The open newsletter of this name. */
    Optional<Newsletter> newsletter(String name) {
        return database.read(tx -> newsletters.find(tx, name)).filter(found -> found.closed() == null);
    }
}
