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
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admin's word on which story is which. It outlives what identity thinks, and repeats no delivery. Safe for several threads. */
public final class JoinArticles {
    private static final Logger log = LoggerFactory.getLogger(JoinArticles.class);

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final ArticleStore articles;
    private final StandingStore standings = new StandingStore();
    private final IdentityStores stores = IdentityStores.make();

    public JoinArticles(Database database, Clock clock, Ids ids, ArticleStore articles) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.articles = articles;
    }

    /**
     * Makes two articles one: the first tells the story from now on, in its own wording, and has the sightings of both. Who had either had it.
     *
     * @throws UserError when there is no such article, or one of them is joined or retracted already
     */
    public void join(ArticleId first, ArticleId second) {
        if (first.equals(second)) {
            throw new UserError("article join: " + first + " and " + second + " are one article already");
        }
        database.writing(tx -> {
            Instant now = clock.instant();
            articles.takeTurn(tx, now);
            expectTelling(tx, first);
            expectTelling(tx, second);
            stores.sightings().hand(tx, second, first);
            standings.joinTo(tx, second, first, now);
            stores.rulings().add(tx, new Ruling(ids.next(), first, "joined", second, null, now));
            articles.markChanged(tx, ids.next(), now);
        });
        log.atInfo().addKeyValue("article", first).addKeyValue("with", second).log("articles joined");
    }

    /**
     * Makes one article two. What readers were mailed stays with the article; the other is published, and mailed only if asked for, since readers had
     * the article that it was.
     *
     * @param number of the sighting that is another story, from 1, in the order of {@code explain article}; with 1 all others are
     * @param mail whether the other becomes news now
     * @return the other article
     * @throws UserError when there is no such article or sighting, or only one
     */
    public ArticleId split(ArticleId article, int number, boolean mail) {
        ArticleId other = database.write(tx -> {
            Instant now = clock.instant();
            Instant eligible = articles.takeTurn(tx, now);
            expectTelling(tx, article);
            List<Sighting> all = stores.sightings().ofArticles(tx, List.of(article));
            if (all.size() < 2 || number < 1 || number > all.size()) {
                throw new UserError("article " + article + ": it has " + all.size()
                        + (all.size() == 1 ? " sighting" : " sightings") + ", so number " + number
                        + " can't be split off; 'explain article " + article + "' shows them");
            }
            List<Sighting> leaving = number == 1 ? all.subList(1, all.size()) : List.of(all.get(number - 1));
            Sighting telling = leaving.get(0);
            ArticleId own = standings
                    .joinedLike(tx, article, telling.fingerprint())
                    .orElseGet(() -> anew(tx, article, telling, now));
            standings.part(tx, own, now);
            stores.sightings().give(tx, leaving, own, mail ? eligible : null);
            stores.rulings().add(tx, new Ruling(ids.next(), article, "apart", own, null, now));
            stores.rulings().add(tx, new Ruling(ids.next(), own, "apart", article, null, now));
            articles.markChanged(tx, ids.next(), now);
            return own;
        });
        log.atInfo().addKeyValue("article", article).addKeyValue("other", other).log("article split");
        return other;
    }

    /** As the sighting read, or where that is not known as the article does, until its source shows it again. */
    private ArticleId anew(Tx tx, ArticleId article, Sighting sighting, Instant now) {
        ArticleId own = new ArticleId(ids.next());
        stores.wordings().copy(tx, article, own, sighting, now);
        stores.sightings()
                .wording(tx, sighting.id())
                .ifPresent(entry -> stores.wordings().reword(tx, own, entry, sighting.fingerprint()));
        Story story = Objects.requireNonNull(
                        stores.wordings().stories(tx, List.of(own)).get(own))
                .story();
        stores.bands().add(tx, Map.of(own, TextBands.all(story)));
        return own;
    }

    private void expectTelling(Tx tx, ArticleId article) {
        Word word = standings
                .find(tx, article)
                .map(Standing::word)
                .orElseThrow(
                        () -> new UserError("there is no article " + article + "; 'article list' shows the newest"));
        if (word == Word.JOINED || word == Word.RETRACTED) {
            throw new UserError(
                    "article " + article + ": it is " + word.word() + "; 'explain article " + article + "' tells more");
        }
    }
}
