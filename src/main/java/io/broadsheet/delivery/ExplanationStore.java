package io.broadsheet.delivery;

import io.broadsheet.article.ArticleId;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What explaining asks of deliveries. Each question has an index and a limit, but for counting an edition's domains, which reads the edition. */
final class ExplanationStore {
    /** Replies are counted among so many at most: an edition refused by a million says so in the first thousands. */
    private static final int REPLIES_LOOKED_AT = 20_000;

    private static final String ROW = """
            select d.edition_id, d.subscriber_id, d.variant_id, n.name as newsletter, e.cadence, e.slot_at, e.state as edition_state, d.state,
              d.attempts, d.reply, d.next_at, d.changed_at, d.sender
            from delivery d
            join edition e on e.id = d.edition_id
            join newsletter n on n.id = e.newsletter_id
            """;

    /**
     * One delivery with what is around it.
     *
     * @param sender which way it went out last; absent before
     */
    record Row(
            EditionId edition,
            SubscriberId subscriber,
            long variant,
            String newsletter,
            String cadence,
            Instant slot,
            String editionState,
            DeliveryState state,
            int attempts,
            @Nullable String reply,
            @Nullable Instant next,
            Instant at,
            @Nullable String sender) {}

    Optional<Row> find(Tx tx, EditionId edition, SubscriberId subscriber) {
        return tx.query(ROW + "where d.edition_id = :edition and d.subscriber_id = :subscriber")
                .bind("edition", edition.value())
                .bind("subscriber", subscriber.value())
                .map((rs, context) -> row(rs))
                .findOne();
    }

    /** The newest first. */
    List<Row> newest(Tx tx, SubscriberId subscriber, int limit) {
        return tx.query(ROW + "where d.subscriber_id = :subscriber order by d.edition_id desc limit :limit")
                .bind("subscriber", subscriber.value())
                .bind("limit", limit)
                .map((rs, context) -> row(rs))
                .list();
    }

    private static Row row(ResultSet rs) throws SQLException {
        long next = rs.getLong("next_at");
        @Nullable Instant nextAt = rs.wasNull() ? null : Instant.ofEpochMilli(next);
        return new Row(
                new EditionId(rs.getLong("edition_id")),
                new SubscriberId(rs.getLong("subscriber_id")),
                rs.getLong("variant_id"),
                rs.getString("newsletter"),
                rs.getString("cadence"),
                Instant.ofEpochMilli(rs.getLong("slot_at")),
                rs.getString("edition_state"),
                DeliveryState.of(rs.getString("state")),
                rs.getInt("attempts"),
                rs.getString("reply"),
                nextAt,
                Instant.ofEpochMilli(rs.getLong("changed_at")),
                rs.getString("sender"));
    }

    /** What a variant shows, in its order. */
    List<ArticleId> articles(Tx tx, long variant, int limit) {
        return tx.query("""
                select article_id
                from variant_article
                where variant_id = :variant
                order by position
                limit :limit
                """)
                .bind("variant", variant)
                .bind("limit", limit)
                .map((rs, context) -> new ArticleId(rs.getLong("article_id")))
                .list();
    }

    /** How an edition's deliveries to one receiving domain stand. */
    record Domain(String domain, long deliveries, long accepted, long deferred, long refused) {}

    /** The largest first. */
    List<Domain> domains(Tx tx, EditionId edition, int limit) {
        return tx.query("""
                select domain, count(*) as deliveries,
                  sum(case when state = 'accepted' then 1 else 0 end) as accepted,
                  sum(case when state = 'deferred' then 1 else 0 end) as deferred,
                  sum(case when state = 'refused' then 1 else 0 end) as refused
                from delivery
                where edition_id = :edition
                group by domain
                order by deliveries desc, domain
                limit :limit
                """)
                .bind("edition", edition.value())
                .bind("limit", limit)
                .map((rs, context) -> new Domain(
                        rs.getString("domain"),
                        rs.getLong("deliveries"),
                        rs.getLong("accepted"),
                        rs.getLong("deferred"),
                        rs.getLong("refused")))
                .list();
    }

    /** A reply that those who have not got it yet, or never will, were met with. */
    record Met(DeliveryState state, String reply, long deliveries) {}

    /** The most frequent first. */
    List<Met> replies(Tx tx, EditionId edition, int limit) {
        return tx.query("""
                select state, reply, count(*) as deliveries
                from (select state, coalesce(reply, '') as reply
                      from delivery
                      where edition_id = :edition and state in ('deferred', 'refused', 'held')
                      limit :looked) met
                group by state, reply
                order by deliveries desc, reply
                limit :limit
                """)
                .bind("edition", edition.value())
                .bind("looked", REPLIES_LOOKED_AT)
                .bind("limit", limit)
                .map((rs, context) -> new Met(
                        DeliveryState.of(rs.getString("state")), rs.getString("reply"), rs.getLong("deliveries")))
                .list();
    }

    /** When the first of its deferred deliveries is tried again. */
    Optional<Instant> nextTry(Tx tx, EditionId edition) {
        return tx.query("""
                select min(next_at)
                from delivery
                where edition_id = :edition and state = 'deferred' and state in ('deferred', 'refused', 'held')
                """)
                .bind("edition", edition.value())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }
}
