package io.broadsheet.article;

import io.broadsheet.article.RulingStore.Ruling;
import io.broadsheet.article.Standing.Word;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for an admin: to hold, to release, to discard. Safe for several threads, and to repeat: a second call changes nothing. */
public final class HeldArticles {
    private static final Logger log = LoggerFactory.getLogger(HeldArticles.class);

    /** In one transaction. */
    private static final int BATCH = 200;

    /** More than a screen can show; the rest is counted by releasing it. */
    private static final int LISTED_MAX = 1_000;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final SourceStore sources;
    private final ArticleStore articles;
    private final StandingStore standings = new StandingStore();
    private final RulingStore rulings = new RulingStore();

    public HeldArticles(Database database, Clock clock, Ids ids, SourceStore sources, ArticleStore articles) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.sources = sources;
        this.articles = articles;
    }

    /** Which: those that are named, or all that are held. */
    public record Which(List<ArticleId> articles, @Nullable String source) {
        public Which {
            articles = List.copyOf(articles);
        }
    }

    /**
     * The held articles, earliest first, a thousand at most.
     *
     * @param source the name of one that showed them; absent: any
     * @throws UserError when there is no such source
     */
    public List<HeldArticle> list(@Nullable String source) {
        return database.read(tx -> standings.held(tx, id(tx, source), new ArticleId(0), LISTED_MAX));
    }

    /**
     * Publishes them, and makes them news from now on, unless they were back catalogue. Nobody who had one gets it again.
     *
     * @return how many were released
     * @throws UserError when there is no such source, or an article is not held
     */
    public int release(Which which) {
        return each(which, Word.OPEN, "released");
    }

    /** Keeps them from feeds and mail for good: they stay known, so that they never come again. */
    public int discard(Which which) {
        return each(which, Word.DISCARDED, "discarded");
    }

    /**
     * Takes an open article out of feeds and the editions to come.
     *
     * @throws UserError when there is no such article, or it is not open
     */
    public void hold(ArticleId article, @Nullable String note) {
        database.writing(tx -> {
            Instant now = clock.instant();
            String why = note == null ? "held by an admin" : "held by an admin: " + note;
            if (standings
                    .change(tx, List.of(article), List.of(Word.OPEN), Word.HELD, why, now)
                    .isEmpty()) {
                throw not(tx, article, "open");
            }
            rulings.add(tx, new Ruling(ids.next(), article, "held", null, note, now));
            articles.markChanged(tx, ids.next(), now);
        });
        log.atInfo().addKeyValue("article", article).log("article held");
    }

    private int each(Which which, Word to, String what) {
        int done = 0;
        if (!which.articles().isEmpty()) {
            for (int from = 0; from < which.articles().size(); from += BATCH) {
                List<ArticleId> some =
                        which.articles().subList(from, Math.min(which.articles().size(), from + BATCH));
                done += database.write(tx -> change(tx, some, to, what, true));
            }
        } else {
            int before;
            do {
                before = done;
                done += database.write(tx -> {
                    List<ArticleId> some = standings.held(tx, id(tx, which.source()), new ArticleId(0), BATCH).stream()
                            .map(held -> ArticleId.parse(held.id()))
                            .toList();
                    return change(tx, some, to, what, false);
                });
            } while (done > before);
        }
        log.atInfo().addKeyValue("articles", done).log("held articles " + what);
        return done;
    }

    private int change(Tx tx, List<ArticleId> some, Word to, String what, boolean named) {
        Instant now = clock.instant();
        Instant eligible = articles.takeTurn(tx, now);
        List<ArticleId> changed = standings.change(tx, some, List.of(Word.HELD), to, null, now);
        if (named && changed.size() < some.size()) {
            List<ArticleId> others = new ArrayList<>(some);
            others.removeAll(changed);
            throw not(tx, others.get(0), "held");
        }
        if (changed.isEmpty()) {
            return 0;
        }
        if (to == Word.OPEN) {
            standings.becomeNews(tx, changed, eligible);
        }
        changed.forEach(article -> rulings.add(tx, new Ruling(ids.next(), article, what, null, null, now)));
        articles.markChanged(tx, ids.next(), now);
        return changed.size();
    }

    private UserError not(Tx tx, ArticleId article, String wanted) {
        return standings
                .find(tx, article)
                .map(standing -> new UserError(
                        "article " + article + ": it is " + standing.word().word() + ", not " + wanted
                                + "; 'explain article " + article + "' tells more"))
                .orElseGet(() -> new UserError("there is no article " + article + "; 'article list' shows the newest"));
    }

    private @Nullable SourceId id(Tx tx, @Nullable String source) {
        return source == null
                ? null
                : sources.find(tx, source)
                        .map(Source::id)
                        .orElseThrow(() -> new UserError("article: no source is named '" + Safe.text(source)
                                + "'; 'config/sources.yml' says which there are"));
    }
}
