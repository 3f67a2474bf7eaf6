package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What mail servers refused at once, or we gave up: each is handed out for review until it is marked, by its row and not by a clock, so that several
 * nodes and a crash in between neither miss one nor count one twice.
 */
public final class RefusalStore {
    /**
     * A mail that was refused.
     *
     * @param edition absent: it was a confirmation
     * @param outbox of a confirmation; 0 otherwise
     * @param reply the server's last word, or ours; may be empty
     * @param at when it was refused
     */
    public record Refusal(
            @Nullable EditionId edition, long outbox, SubscriberId subscriber, String reply, Instant at) {}

    /** The oldest that nobody reviewed. */
    public List<Refusal> deliveries(Tx tx, int limit) {
        return tx.query("""
                        select edition_id, 0 as outbox_id, subscriber_id, reply, changed_at
                        from delivery
                        where state = 'refused' and reviewed_at is null
                        order by changed_at
                        limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> refusal(row))
                .list();
    }

    /** The oldest confirmations that nobody reviewed. */
    public List<Refusal> confirmations(Tx tx, int limit) {
        return tx.query("""
                        select null as edition_id, id as outbox_id, subscriber_id, reply, changed_at
                        from outbox
                        where state = 'refused' and reviewed_at is null
                        order by id
                        limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> refusal(row))
                .list();
    }

    /** Marks them as reviewed. */
    public void reviewed(Tx tx, List<Refusal> refusals, Instant now) {
        PreparedBatch deliveries = tx.batch("""
                update delivery set reviewed_at = :now
                where edition_id = :edition and subscriber_id = :subscriber and state = 'refused'
                """);
        PreparedBatch confirmations =
                tx.batch("update outbox set reviewed_at = :now where id = :id and state = 'refused'");
        for (Refusal one : refusals) {
            if (one.edition() == null) {
                confirmations
                        .bind("now", now.toEpochMilli())
                        .bind("id", one.outbox())
                        .add();
            } else {
                deliveries
                        .bind("now", now.toEpochMilli())
                        .bind("edition", one.edition().value())
                        .bind("subscriber", one.subscriber().value())
                        .add();
            }
        }
        if (deliveries.size() > 0) {
            deliveries.execute();
        }
        if (confirmations.size() > 0) {
            confirmations.execute();
        }
    }

    private static Refusal refusal(ResultSet row) throws SQLException {
        long edition = row.getLong("edition_id");
        EditionId of = row.wasNull() ? null : new EditionId(edition);
        String reply = row.getString("reply");
        return new Refusal(
                of,
                row.getLong("outbox_id"),
                new SubscriberId(row.getLong("subscriber_id")),
                reply == null ? "" : reply,
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
