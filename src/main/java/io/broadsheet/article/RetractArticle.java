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
     * gone; the next edition of a newsletter that mailed it says so. It stays known, so that it never comes again. One that was held from the first and
     * never released was shown to nobody: there is nothing to take back, and it is discarded.
     *
     * @return what it is now
     * @throws UserError when there is no such article, or it was retracted or joined before
     */
    public Word retract(ArticleId article, @Nullable String note) {
        Word word = database.write(tx -> {
            Instant now = clock.instant();
            boolean shown = expect(tx, article) == Word.OPEN || wasOpen(tx, article);
            Word to = shown ? Word.RETRACTED : Word.DISCARDED;
            standings.change(tx, List.of(article), List.of(Word.OPEN, Word.HELD), to, note, now);
            ruled(tx, article, to.word(), note, now);
            return to;
        });
        log.atInfo()
                .addKeyValue("article", article)
                .addKeyValue("standing", word.word())
                .log("article taken back");
        return word;
    }

    /** Of a held one: an admin held it, or released it before. */
    private boolean wasOpen(Tx tx, ArticleId article) {
        return rulings.of(tx, article).stream()
                .anyMatch(
                        ruling -> ruling.what().equals("held") || ruling.what().equals("released"));
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

    private Word expect(Tx tx, ArticleId article) {
        Standing standing = standings
                .find(tx, article)
                .orElseThrow(
                        () -> new UserError("there is no article " + article + "; 'article list' shows the newest"));
        if (standing.word() != Word.OPEN && standing.word() != Word.HELD) {
            throw new UserError(
                    "article " + article + ": it is " + standing.word().word()
                            + ", so there is nothing to take back; 'explain article " + article + "' tells more");
        }
        return standing.word();
    }
}
