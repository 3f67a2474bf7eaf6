package io.broadsheet.article;

import io.broadsheet.article.RulingStore.Ruling;
import io.broadsheet.article.Standing.Word;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an admin says of a published article: that it was wrong, or is taken back. Safe for several threads. */
public final class RetractArticle {
    private static final Logger log = LoggerFactory.getLogger(RetractArticle.class);

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final ArticleStore articles;
    private final StandingStore standings = new StandingStore();
    private final RulingStore rulings = new RulingStore();

    public RetractArticle(Database database, Clock clock, Ids ids, ArticleStore articles) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.articles = articles;
    }

    /**
     * Takes an article back: it leaves feeds, with a tombstone where the format has one, no edition to come holds it, and its page answers that it is
     * gone; the next edition of a newsletter that mailed it says so. It stays known, so that it never comes again.
     *
     * @throws UserError when there is no such article, or it was retracted or joined before
     */
    public void retract(ArticleId article, @Nullable String note) {
        database.writing(tx -> {
            Instant now = clock.instant();
            expect(tx, article);
            standings.change(tx, List.of(article), List.of(Word.OPEN, Word.HELD), Word.RETRACTED, note, now);
            ruled(tx, article, "retracted", note, now);
        });
        log.atInfo().addKeyValue("article", article).log("article retracted");
    }

    /**
     * Writes down that an article was corrected: feeds show it as changed now; nobody is mailed again.
     *
     * @throws UserError when there is no such article, or it is not published
     */
    public void correct(ArticleId article, @Nullable String note) {
        database.writing(tx -> {
            Instant now = clock.instant();
            expect(tx, article);
            standings.correct(tx, article, now);
            ruled(tx, article, "corrected", note, now);
        });
        log.atInfo().addKeyValue("article", article).log("article corrected");
    }

    private void ruled(Tx tx, ArticleId article, String what, @Nullable String note, Instant now) {
        rulings.add(tx, new Ruling(ids.next(), article, what, null, note, now));
        articles.markChanged(tx, ids.next(), now);
    }

    private void expect(Tx tx, ArticleId article) {
        Standing standing = standings
                .find(tx, article)
                .orElseThrow(
                        () -> new UserError("there is no article " + article + "; 'article list' shows the newest"));
        if (standing.word() != Word.OPEN && standing.word() != Word.HELD) {
            throw new UserError(
                    "article " + article + ": it is " + standing.word().word()
                            + ", so there is nothing to take back; 'explain article " + article + "' tells more");
        }
    }
}
