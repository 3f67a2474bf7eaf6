package io.broadsheet.article;

import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import io.broadsheet.source.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which articles a selection may hold, a page at a time: SQL narrows by source and time, the rest is for {@link SelectionMatcher}. */
final class CandidateStore {
    /** Stands for "no source", where a list of them may not be empty. */
    private static final List<Long> NONE = List.of(-1L);

    /**
     * One sighting as news.
     *
     * @param eligible absent: back catalogue
     */
    record Shown(
            long id,
            ArticleId article,
            SourceId source,
            @Nullable Instant eligible) {
        /** Newer than all that are eligible: what the first page begins after. */
        static final Shown NONE_YET =
                new Shown(Long.MAX_VALUE, Place.FIRST.id(), new SourceId(0), Place.FIRST.ordered());

        private long eligibleMs() {
            return eligible == null ? 0 : eligible.toEpochMilli();
        }
    }

    /**
     * Sightings that became eligible after one instant and up to another, newest first, then by article and sighting, both descending.
     *
     * @param only the sources to look at; absent: all
     * @param last the one that the page before ended with; {@link Shown#NONE_YET} for the first page
     */
    List<Shown> eligible(Tx tx, @Nullable List<SourceId> only, Instant after, Instant upTo, Shown last, int limit) {
        return tx.query("""
                        select id, article_id, source_id, eligible_at
                        from sighting
                        where eligible_at > :after and eligible_at <= :upTo
                          and (:anySource or source_id in (<sources>))
                          and (eligible_at, article_id, id) < (:lastEligible, :lastArticle, :lastId)
                        order by eligible_at desc, article_id desc, id desc
                        limit :limit
                        """)
                .bind("after", after.toEpochMilli())
                .bind("upTo", upTo.toEpochMilli())
                .bind("anySource", only == null)
                .bindList("sources", only == null || only.isEmpty() ? NONE : values(only))
                .bind("lastEligible", last.eligibleMs())
                .bind("lastArticle", last.article().value())
                .bind("lastId", last.id())
                .bind("limit", limit)
                .map((row, context) -> shown(row))
                .list();
    }

    /** All sightings of these articles, the earliest eligible first, back catalogue last. */
    Map<ArticleId, List<Shown>> sightings(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, List<Shown>> byArticle = new HashMap<>();
        if (articles.isEmpty()) {
            return byArticle;
        }
        tx.query("""
                        select id, article_id, source_id, eligible_at
                        from sighting
                        where article_id in (<articles>)
                        order by case when eligible_at is null then 1 else 0 end, eligible_at, id
                        """)
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) -> shown(row))
                .forEach(shown -> byArticle
                        .computeIfAbsent(shown.article(), id -> new ArrayList<>())
                        .add(shown));
        return byArticle;
    }

    /** The next articles in feed order. From a few sources they are read source by source, along its index, and merged. */
    List<Place> places(Tx tx, @Nullable List<SourceId> only, Place after, int limit) {
        if (only == null) {
            return places(tx, """
                    select id, ordered_at
                    from article
                    where (ordered_at, id) < (:ordered, :id)
                    order by ordered_at desc, id desc
                    limit :limit
                    """, after, limit, NONE.get(0));
        }
        TreeSet<Place> merged = new TreeSet<>();
        for (SourceId source : only) {
            merged.addAll(places(tx, """
                    select distinct article_id as id, ordered_at
                    from sighting
                    where source_id = :source and (ordered_at, article_id) < (:ordered, :id)
                    order by ordered_at desc, article_id desc
                    limit :limit
                    """, after, limit, source.value()));
        }
        return merged.stream().limit(limit).toList();
    }

    private static List<Place> places(Tx tx, String sql, Place after, int limit, long source) {
        var query = tx.query(sql)
                .bind("ordered", after.ordered().toEpochMilli())
                .bind("id", after.id().value())
                .bind("limit", limit);
        if (source >= 0) {
            query.bind("source", source);
        }
        return query.map((row, context) ->
                        new Place(Instant.ofEpochMilli(row.getLong("ordered_at")), new ArticleId(row.getLong("id"))))
                .list();
    }

    /**
     * What a selection asks of these articles, in the order of the ids. Those that are kept from feeds and mail are left out.
     *
     * @param withText whether summary and content are read
     */
    List<Selectable> selectables(Tx tx, Collection<ArticleId> articles, boolean withText) {
        return selectables(tx, articles, withText, true);
    }

    /** Those that are kept from feeds and mail. */
    List<Selectable> withheld(Tx tx, Collection<ArticleId> articles, boolean withText) {
        return selectables(tx, articles, withText, false);
    }

    private static List<Selectable> selectables(Tx tx, Collection<ArticleId> articles, boolean withText, boolean open) {
        if (articles.isEmpty()) {
            return List.of();
        }
        Map<ArticleId, Selectable> byId = new LinkedHashMap<>();
        tx.query("""
                        select id, title, author, language, categories, collected_at,
                          case when :withText then summary end as summary,
                          case when :withText then content end as content
                        from article
                        where id in (<articles>) and (standing = 'open') = :open
                        """)
                .bind("withText", withText)
                .bind("open", open)
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) -> selectable(row))
                .forEach(article -> byId.put(article.id(), article));
        return articles.stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    private static List<Long> values(List<SourceId> sources) {
        return sources.stream().map(SourceId::value).toList();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        long eligible = row.getLong("eligible_at");
        Instant instant = row.wasNull() ? null : Instant.ofEpochMilli(eligible);
        return new Shown(
                row.getLong("id"),
                new ArticleId(row.getLong("article_id")),
                new SourceId(row.getLong("source_id")),
                instant);
    }

    private static Selectable selectable(ResultSet row) throws SQLException {
        return new Selectable(
                new ArticleId(row.getLong("id")),
                row.getString("title"),
                row.getString("author"),
                row.getString("language"),
                List.of(Json.read(row.getString("categories"), String[].class)),
                row.getString("summary"),
                row.getString("content"),
                Instant.ofEpochMilli(row.getLong("collected_at")));
    }
}
