package io.broadsheet.article;

import io.broadsheet.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What admins decided of articles. Rows are only added: the later word counts. */
final class RulingStore {
    /**
     * One decision.
     *
     * @param what {@code joined}, {@code apart}, {@code held}, {@code released}, {@code discarded}, {@code corrected} or {@code retracted}
     * @param other of joined and apart; absent otherwise
     * @param note in the admin's words; absent when there is none
     */
    record Ruling(
            long id,
            ArticleId article,
            String what,
            @Nullable ArticleId other,
            @Nullable String note,
            Instant at) {}

    void add(Tx tx, Ruling ruling) {
        ArticleId other = ruling.other();
        tx.update("""
                        insert into article_ruling (id, article_id, what, other_id, note, at)
                        values (:id, :article, :what, :other, :note, :at)
                        """)
                .bind("id", ruling.id())
                .bind("article", ruling.article().value())
                .bind("what", ruling.what())
                .bind("other", other == null ? null : other.value())
                .bind("note", ruling.note())
                .bind("at", ruling.at().toEpochMilli())
                .execute();
    }

    /** Of one article, earliest first; an admin makes few. */
    List<Ruling> of(Tx tx, ArticleId article) {
        return tx.query("""
                        select id, article_id, what, other_id, note, at
                        from article_ruling
                        where article_id = :article
                        order by id
                        """)
                .bind("article", article.value())
                .map((row, context) -> {
                    long other = row.getLong("other_id");
                    ArticleId otherOrNull = row.wasNull() ? null : new ArticleId(other);
                    return new Ruling(
                            row.getLong("id"),
                            new ArticleId(row.getLong("article_id")),
                            row.getString("what"),
                            otherOrNull,
                            row.getString("note"),
                            Instant.ofEpochMilli(row.getLong("at")));
                })
                .list();
    }

    /** Which articles these were told apart from. A split is written down for both. */
    Map<ArticleId, Set<ArticleId>> apart(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, Set<ArticleId>> apart = new HashMap<>();
        if (articles.isEmpty()) {
            return apart;
        }
        tx.query("select article_id, other_id from article_ruling where article_id in (<articles>) and what = 'apart'")
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) ->
                        Map.entry(new ArticleId(row.getLong("article_id")), new ArticleId(row.getLong("other_id"))))
                .forEach(two -> apart.computeIfAbsent(two.getKey(), none -> new HashSet<>())
                        .add(two.getValue()));
        return apart;
    }
}
