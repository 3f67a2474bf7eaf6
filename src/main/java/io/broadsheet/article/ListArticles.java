package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists articles in feed order. Safe for several threads. */
public final class ListArticles {
    /** Rows read in one step. */
    private static final int PAGE = 200;

    private final Database database;
    private final SourceStore sources;
    private final ArticleStore articles;
    private final String siteUrl;

    /** @param siteUrl public base of our pages, without a trailing slash */
    public ListArticles(Database database, SourceStore sources, ArticleStore articles, String siteUrl) {
        this.database = database;
        this.sources = sources;
        this.articles = articles;
        this.siteUrl = siteUrl;
    }

    /**
     * The newest articles, newest first.
     *
     * @param source the name of one that showed them; absent: any
     * @throws UserError when there is no such source
     */
    public List<ListedArticle> list(@Nullable String source, int limit) {
        return database.read(tx -> {
            SourceId id = source == null
                    ? null
                    : sources.find(tx, source)
                            .map(Source::id)
                            .orElseThrow(() -> new UserError("article list: no source is named '" + Safe.text(source)
                                    + "'; 'config/sources.yml' says which there are"));
            List<ListedArticle> all = new ArrayList<>();
            Place after = Place.FIRST;
            while (all.size() < limit) {
                List<ListedArticle> page = articles.page(tx, id, after, Math.min(PAGE, limit - all.size()), siteUrl);
                all.addAll(page);
                if (page.isEmpty()) {
                    break;
                }
                after = page.get(page.size() - 1).place();
            }
            return List.copyOf(all);
        });
    }
}
