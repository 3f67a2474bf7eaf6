package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sending side of the outbox: {@code subscriber} adds its rows, and here they are claimed, woken and taken over as deliveries are. */
final class OutboxQueueStore {
    private final Clock clock;
    private final Duration giveUp;

    OutboxQueueStore(Clock clock, Duration giveUp) {
        this.clock = clock;
        this.giveUp = giveUp;
    }

    /** Whether a sender would find work: asked before claiming, which needs the writers' turn. */
    boolean hasQueued(Tx tx) {
        return tx.query("select exists (select 1 from outbox where state = 'queued')")
                .map((rs, context) -> rs.getBoolean(1))
                .one();
    }

    List<Claim> claim(Tx tx, long node, int limit) {
        List<Long> claimed = tx.query("""
                update outbox set state = 'claimed', node_id = :node, changed_at = :now
                where state = 'queued' and id in
                  (select id from outbox where state = 'queued' order by id limit :limit %s)
                returning id
                """.formatted(tx.dialect().claimLock()))
                .bind("node", node)
                .bind("now", clock.millis())
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (claimed.isEmpty()) {
            return List.of();
        }
        return tx.query("""
                select o.id, o.newsletter_id, o.subscriber_id, o.attempts, o.created_at, s.address, s.name, s.language, s.time_zone, s.created_at as joined_at,
                  exists (select 1 from subscription p
                          where p.newsletter_id = o.newsletter_id and p.subscriber_id = o.subscriber_id and p.state = 'pending')
                  and not exists (select 1 from suppression x where x.address_key = s.address_key) as wanted
                from outbox o
                join subscriber s on s.id = o.subscriber_id
                where o.id in (<ids>)
                order by o.id
                """)
                .bindList("ids", claimed)
                .map((rs, context) -> claim(rs))
                .list();
    }

    private Claim claim(ResultSet rs) throws SQLException {
        return new Claim(
                new Ref.OfOutbox(rs.getLong("id")),
                new NewsletterId(rs.getLong("newsletter_id")),
                ClaimStore.subscriber(rs),
                null,
                rs.getInt("attempts"),
                rs.getBoolean("wanted"),
                new Terms(Instant.ofEpochMilli(rs.getLong("created_at")), giveUp, Unknown.RESEND));
    }

    int wake(Tx tx, int limit) {
        return tx.update("""
                update outbox set state = 'queued', next_at = null, changed_at = :now
                where state = 'deferred' and id in
                  (select id from outbox where state = 'deferred' and next_at <= :now order by next_at limit :limit)
                """).bind("now", clock.millis()).bind("limit", limit).execute();
    }

    /** Processes that have said goodbye, or were forgotten, and yet have mails in hand. */
    List<Long> orphaning(Tx tx) {
        return tx.query("""
                select distinct node_id
                from outbox
                where state in ('claimed', 'sending') and node_id is not null and node_id not in (select id from node)
                """).mapTo(Long.class).list();
    }

    /** Queues again what a process had claimed and not begun. */
    int release(Tx tx, long node) {
        return tx.update("""
                update outbox set state = 'queued', node_id = null, changed_at = :now
                where node_id = :node and state = 'claimed'
                """).bind("node", node).bind("now", clock.millis()).execute();
    }

    /** A confirmation of unknown outcome goes out again: twice is better than never, and the link is the same. */
    int settleUnknown(Tx tx, long node) {
        return tx.update("""
                update outbox set state = 'queued', reply = 'unknown: the sending process died', node_id = null, changed_at = :now
                where node_id = :node and state = 'sending'
                """).bind("node", node).bind("now", clock.millis()).execute();
    }
}
