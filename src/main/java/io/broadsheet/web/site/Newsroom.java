package io.broadsheet.web.site;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleId;
import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Selection;
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

    Optional<Article> article(ArticleId id) {
        return database.read(tx -> articles.find(tx, id));
    }

    /** The open newsletter of this name. */
    Optional<Newsletter> newsletter(String name) {
        return database.read(tx -> newsletters.find(tx, name)).filter(found -> found.closed() == null);
    }
}
