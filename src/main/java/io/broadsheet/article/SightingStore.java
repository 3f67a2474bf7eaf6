package io.broadsheet.article;

import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import io.broadsheet.source.Entry;
import io.broadsheet.source.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Sightings: what each source showed of each article. */
final class SightingStore {
    private static final String COLUMNS = """
            select id, article_id, source_id, guid, guid_key, url, url_key, platform_key, text_key, fingerprint, seen_at,
              eligible_at, joined_by, likeness, waiting
            from sighting
            """;

    /** Those of one source under one of these guids, as given. */
    List<Sighting> byGuid(Tx tx, SourceId source, Collection<String> guids) {
        return ofSource(tx, "where source_id = :source and guid in (<keys>)", source, guids);
    }

    /** Those of one source under one of these guids without what varies in front of their host. */
    List<Sighting> byGuidKey(Tx tx, SourceId source, Collection<String> guidKeys) {
        return ofSource(tx, "where source_id = :source and guid_key in (<keys>)", source, guidKeys);
    }

    /** Those of any source at one of these canonical URLs. */
    List<Sighting> byUrlKey(Tx tx, Collection<String> urlKeys) {
        return ofAny(tx, "where url_key in (<keys>)", urlKeys);
    }

    /** Those of any source with one of these platform keys. */
    List<Sighting> byPlatformKey(Tx tx, Collection<String> platformKeys) {
        return ofAny(tx, "where platform_key in (<keys>)", platformKeys);
    }

    /** Those of any source with one of these texts. */
    List<Sighting> byTextKey(Tx tx, Collection<String> textKeys) {
        return ofAny(tx, "where text_key in (<keys>)", textKeys);
    }

    /** Those of these articles, earliest first. */
    List<Sighting> ofArticles(Tx tx, Collection<ArticleId> articles) {
        if (articles.isEmpty()) {
            return List.of();
        }
        return tx.query(COLUMNS + "where article_id in (<articles>) order by id")
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) -> sighting(row))
                .list();
    }

    private static List<Sighting> ofSource(Tx tx, String where, SourceId source, Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return tx.query(COLUMNS + where)
                .bind("source", source.value())
                .bindList("keys", List.copyOf(keys))
                .map((row, context) -> sighting(row))
                .list();
    }

    private static List<Sighting> ofAny(Tx tx, String where, Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return tx.query(COLUMNS + where)
                .bindList("keys", List.copyOf(keys))
                .map((row, context) -> sighting(row))
                .list();
    }

    /** Adds sightings; each takes its article's place in feeds, which must be there before. */
    void add(Tx tx, List<Sighting> sightings) {
        if (sightings.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("""
                insert into sighting (id, article_id, source_id, guid, guid_key, url, url_key, platform_key, text_key,
                  fingerprint, seen_at, eligible_at, ordered_at, joined_by, likeness, waiting)
                values (:id, :article, :source, :guid, :guidKey, :url, :urlKey, :platformKey, :textKey, :fingerprint, :seen,
                  :eligible, (select ordered_at from article where id = :article), :joinedBy, :likeness, :waiting)
                """);
        for (Sighting sighting : sightings) {
            batch.bind("id", sighting.id())
                    .bind("article", sighting.article().value())
                    .bind("source", sighting.source().value())
                    .bind("guid", sighting.guid())
                    .bind("guidKey", sighting.guidKey())
                    .bind("url", sighting.url())
                    .bind("urlKey", sighting.urlKey())
                    .bind("platformKey", sighting.platformKey())
                    .bind("textKey", sighting.textKey())
                    .bind("fingerprint", sighting.fingerprint())
                    .bind("seen", sighting.seen().toEpochMilli())
                    .bind("eligible", ms(sighting.eligible()))
                    .bind("joinedBy", sighting.joinedBy())
                    .bind("likeness", sighting.likeness() == null ? null : Json.write(sighting.likeness()))
                    .bind("waiting", sighting.waiting())
                    .add();
        }
        batch.execute();
    }

    /** A source shows another wording than before. */
    void reword(Tx tx, long sighting, Wording wording) {
        tx.update("update sighting set text_key = :textKey, fingerprint = :fingerprint where id = :id")
                .bind("id", sighting)
                .bind("textKey", wording.textKey())
                .bind("fingerprint", wording.fingerprint())
                .execute();
    }

    /** An article's place in feeds, again where its sightings keep it. */
    void move(Tx tx, ArticleId article, Instant ordered) {
        tx.update("update sighting set ordered_at = :ordered where article_id = :article")
                .bind("article", article.value())
                .bind("ordered", ordered.toEpochMilli())
                .execute();
    }

    /** Those of one article belong to another, which takes its place in feeds. */
    void hand(Tx tx, ArticleId from, ArticleId to) {
        tx.update("""
                        update sighting set article_id = :to, ordered_at = (select ordered_at from article where id = :to),
                          joined_by = case when joined_by = 'first' then 'admin' else joined_by end
                        where article_id = :from
                        """).bind("from", from.value()).bind("to", to.value()).execute();
    }

    /**
     * These belong to another article, by an admin's word.
     *
     * @param eligible when they become news; absent: not again
     */
    void give(Tx tx, List<Sighting> sightings, ArticleId to, @Nullable Instant eligible) {
        tx.update("""
                        update sighting set article_id = :to, ordered_at = (select ordered_at from article where id = :to),
                          eligible_at = :eligible, waiting = false, joined_by = 'admin', likeness = null
                        where id in (<ids>)
                        """)
                .bind("to", to.value())
                .bindByType("eligible", ms(eligible), Long.class)
                .bindList("ids", sightings.stream().map(Sighting::id).toList())
                .execute();
    }

    /** Remembers how a sighting reads whose article reads otherwise. */
    void keepWording(Tx tx, long sighting, Entry entry) {
        tx.update("""
                        insert into sighting_wording (sighting_id, entry) values (:sighting, :entry)
                        on conflict (sighting_id) do update set entry = excluded.entry
                        """)
                .bind("sighting", sighting)
                .bind("entry", Json.write(entry))
                .execute();
    }

    /** How a sighting reads, if that is known apart from its article. */
    Optional<Entry> wording(Tx tx, long sighting) {
        return tx.query("select entry from sighting_wording where sighting_id = :sighting")
                .bind("sighting", sighting)
                .mapTo(String.class)
                .findOne()
                .map(entry -> Json.read(entry, Entry.class));
    }

    private static @Nullable Long ms(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static Sighting sighting(ResultSet row) throws SQLException {
        long eligible = row.getLong("eligible_at");
        Instant eligibleOrNull = row.wasNull() ? null : Instant.ofEpochMilli(eligible);
        String likeness = row.getString("likeness");
        return new Sighting(
                row.getLong("id"),
                new ArticleId(row.getLong("article_id")),
                new SourceId(row.getLong("source_id")),
                row.getString("guid"),
                row.getString("guid_key"),
                row.getString("url"),
                row.getString("url_key"),
                row.getString("platform_key"),
                row.getString("text_key"),
                row.getString("fingerprint"),
                Instant.ofEpochMilli(row.getLong("seen_at")),
                eligibleOrNull,
                row.getString("joined_by"),
                likeness == null ? null : Json.read(likeness, Likeness.class),
                row.getBoolean("waiting"));
    }
}
