package io.broadsheet.article;

import io.broadsheet.db.Tx;
import io.broadsheet.source.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where articles stand: open to feeds and mail, or kept from them. */
final class StandingStore {
    Optional<Standing> find(Tx tx, ArticleId article) {
        return tx.query("select standing, standing_why, standing_at, joined_to from article where id = :id")
                .bind("id", article.value())
                .map((row, context) -> {
                    long at = row.getLong("standing_at");
                    Instant since = row.wasNull() ? null : Instant.ofEpochMilli(at);
                    long joined = row.getLong("joined_to");
                    ArticleId joinedTo = row.wasNull() ? null : new ArticleId(joined);
                    return new Standing(
                            Standing.Word.of(row.getString("standing")),
                            row.getString("standing_why"),
                            since,
                            joinedTo);
                })
                .findOne();
    }

    /** Where these stand, in one word each; unknown ids are left out. */
    Map<ArticleId, Standing.Word> words(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, Standing.Word> words = new HashMap<>();
        if (!articles.isEmpty()) {
            tx.query("select id, standing from article where id in (<ids>)")
                    .bindList("ids", articles.stream().map(ArticleId::value).toList())
                    .map((row, context) ->
                            Map.entry(new ArticleId(row.getLong("id")), Standing.Word.of(row.getString("standing"))))
                    .forEach(entry -> words.put(entry.getKey(), entry.getValue()));
        }
        return words;
    }

    /** Changes those that stand at one of these words, and answers which. */
    List<ArticleId> change(
            Tx tx,
            Collection<ArticleId> articles,
            Collection<Standing.Word> from,
            Standing.Word to,
            @Nullable String why,
            Instant now) {
        List<ArticleId> changed = new ArrayList<>();
        for (ArticleId article : articles) {
            int rows = tx.update("""
                            update article set standing = :to, standing_why = :why, standing_at = :at
                            where id = :id and standing in (<from>)
                            """)
                    .bind("id", article.value())
                    .bind("to", to.word())
                    .bind("why", why)
                    .bind("at", now.toEpochMilli())
                    .bindList("from", from.stream().map(Standing.Word::word).toList())
                    .execute();
            if (rows == 1) {
                changed.add(article);
            }
        }
        return changed;
    }

    /** The next held ones in the order of their ids, which is that of their first sighting. */
    List<HeldArticle> held(Tx tx, @Nullable SourceId source, ArticleId after, int limit) {
        return tx.query("""
                        select article.id, article.title, article.url, article.standing_why, article.standing_at
                        from article
                        where article.standing = 'held' and article.id > :after
                          and (:any or exists (
                            select 1 from sighting where sighting.article_id = article.id and sighting.source_id = :source))
                        order by article.id
                        limit :limit
                        """)
                .bind("after", after.value())
                .bind("any", source == null)
                .bind("source", source == null ? 0 : source.value())
                .bind("limit", limit)
                .map((row, context) -> {
                    String why = row.getString("standing_why");
                    return new HeldArticle(
                            Long.toString(row.getLong("id")),
                            row.getString("title"),
                            row.getString("url"),
                            Instant.ofEpochMilli(row.getLong("standing_at")),
                            why == null ? "" : why);
                })
                .list();
    }

    /** Which of these are held, and why. */
    Map<ArticleId, String> heldAmong(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, String> held = new HashMap<>();
        if (!articles.isEmpty()) {
            tx.query("""
                            select id, coalesce(standing_why, '') as why from article
                            where id in (<articles>) and standing = 'held'
                            """)
                    .bindList(
                            "articles", articles.stream().map(ArticleId::value).toList())
                    .map((row, context) -> Map.entry(new ArticleId(row.getLong("id")), row.getString("why")))
                    .forEach(one -> held.put(one.getKey(), one.getValue()));
        }
        return held;
    }

    /** What is released is news from now on, where it would have been news before. */
    void becomeNews(Tx tx, Collection<ArticleId> articles, Instant eligible) {
        tx.update("""
                        update sighting set eligible_at = :eligible, waiting = false
                        where article_id in (<articles>) and (waiting or eligible_at is not null)
                        """)
                .bind("eligible", eligible.toEpochMilli())
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .execute();
    }

    /** Articles taken back since an instant, the latest first. */
    List<Retracted> retracted(Tx tx, Instant since, int limit) {
        return tx.query("""
                        select id, standing_at, standing_why from article
                        where standing = 'retracted' and standing_at > :since
                        order by standing_at desc, id desc
                        limit :limit
                        """)
                .bind("since", since.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> new Retracted(
                        new ArticleId(row.getLong("id")),
                        Instant.ofEpochMilli(row.getLong("standing_at")),
                        row.getString("standing_why")))
                .list();
    }

    /** An admin said that it was corrected: feeds show it as changed. */
    void correct(Tx tx, ArticleId article, Instant now) {
        tx.update("update article set updated_at = :now where id = :id")
                .bind("id", article.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** From now on another article tells the story, also that of those joined to this one before. */
    void joinTo(Tx tx, ArticleId article, ArticleId to, Instant now) {
        tx.update("""
                        update article set standing = 'joined', standing_why = null, standing_at = :now, joined_to = :to
                        where id = :id or joined_to = :id
                        """)
                .bind("id", article.value())
                .bind("to", to.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** An article that was joined to another and read like this sighting of it. */
    Optional<ArticleId> joinedLike(Tx tx, ArticleId to, String fingerprint) {
        return tx.query(
                        "select id from article where joined_to = :to and fingerprint = :fingerprint order by id limit 1")
                .bind("to", to.value())
                .bind("fingerprint", fingerprint)
                .mapTo(Long.class)
                .findOne()
                .map(ArticleId::new);
    }

    /** It tells its own story again. */
    void part(Tx tx, ArticleId article, Instant now) {
        tx.update("""
                        update article set standing = 'open', standing_at = :now, joined_to = null
                        where id = :id and standing = 'joined'
                        """)
                .bind("id", article.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
