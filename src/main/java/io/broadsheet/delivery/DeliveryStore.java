package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.Queue;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Deliveries: one row an edition and subscriber. What is in hand changes through the {@link Journal}; all else here. */
public final class DeliveryStore implements Queue {
    private static final String UNKNOWN_REPLY = "unknown: the sending process died";

    private final Clock clock;

    public DeliveryStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void add(Tx tx, EditionId edition, List<Recipient> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("""
                insert into delivery (edition_id, subscriber_id, variant_id, state, attempts, changed_at, domain)
                select :edition, s.id, :variant, 'queued', 0, :now,
                  substr(s.address_key, length(rtrim(s.address_key, replace(s.address_key, '@', ''))) + 1)
                from subscriber s
                where s.id = :subscriber
                """);
        for (Recipient recipient : recipients) {
            batch.bind("edition", edition.value())
                    .bind("subscriber", recipient.subscriber().value())
                    .bind("variant", recipient.variant().value())
                    .bind("now", clock.millis())
                    .add();
        }
        batch.execute();
    }

    @Override
    public int drop(Tx tx, EditionId edition, int limit) {
        return tx.update("""
                delete from delivery
                where edition_id = :edition and subscriber_id in
                  (select subscriber_id from delivery where edition_id = :edition and state = 'queued'
                   order by domain, subscriber_id limit :limit)
                """)
                .bind("edition", edition.value())
                .bind("limit", limit)
                .execute();
    }

    /** Whether any delivery of the edition is still to be answered for, now or later. */
    boolean isUnsettled(Tx tx, EditionId edition) {
        // One question a partial index, and a plus that keeps the planner off the key: no question reads the deliveries
        // that are done.
        return tx.query("""
                select exists (select 1 from delivery where edition_id = :edition and state = 'queued')
                  or exists (select 1 from delivery where +edition_id = :edition and state in ('claimed', 'sending'))
                  or exists (select 1 from delivery where +edition_id = :edition and state = 'deferred')
                """)
                .bind("edition", edition.value())
                .map((rs, context) -> rs.getBoolean(1))
                .one();
    }

    /** Processes that have said goodbye, or were forgotten, and yet have deliveries in hand. */
    List<Long> orphaning(Tx tx) {
        return tx.query("""
                select distinct node_id
                from delivery
                where state in ('claimed', 'sending') and node_id is not null and node_id not in (select id from node)
                """).mapTo(Long.class).list();
    }

    Counts counts(Tx tx, EditionId edition) {
        Map<DeliveryState, Long> byState = new EnumMap<>(DeliveryState.class);
        tx.query("""
                select state, count(*) as deliveries
                from delivery
                where edition_id = :edition
                group by state
                """)
                .bind("edition", edition.value())
                .map((rs, context) -> Map.entry(DeliveryState.of(rs.getString("state")), rs.getLong("deliveries")))
                .list()
                .forEach(entry -> byState.put(entry.getKey(), entry.getValue()));
        return new Counts(byState);
    }

    /** Queues deferred deliveries whose wait is over; answers how many of at most {@code limit}. */
    int wake(Tx tx, int limit) {
        return tx.update("""
                update delivery
                set state = case when exists (select 1 from edition e where e.id = delivery.edition_id and e.state = 'cancelled')
                              then 'cancelled' else 'queued' end,
                  next_at = null, changed_at = :now
                where state = 'deferred' and (edition_id, subscriber_id) in
                  (select edition_id, subscriber_id from delivery
                   where state = 'deferred' and next_at <= :now
                   order by next_at limit :limit)
                """).bind("now", clock.millis()).bind("limit", limit).execute();
    }

    /** Queues deferred deliveries of one edition before their wait is over; answers how many of at most {@code limit}. */
    int wakeNow(Tx tx, EditionId edition, int limit) {
        return tx.update("""
                update delivery set state = 'queued', next_at = null, changed_at = :now
                where edition_id = :edition and state = 'deferred' and subscriber_id in
                  (select subscriber_id from delivery where edition_id = :edition and state = 'deferred'
                   order by subscriber_id limit :limit)
                """)
                .bind("edition", edition.value())
                .bind("now", clock.millis())
                .bind("limit", limit)
                .execute();
    }

    /** Defers what is queued, since no mail server can be reached; answers how many of at most {@code limit}. */
    int defer(Tx tx, EditionId edition, String why, Instant next, int limit) {
        return tx.update("""
                update delivery set state = 'deferred', reply = :why, next_at = :next, changed_at = :now
                where edition_id = :edition and state = 'queued' and subscriber_id in
                  (select subscriber_id from delivery where edition_id = :edition and state = 'queued'
                   order by domain, subscriber_id limit :limit)
                """)
                .bind("edition", edition.value())
                .bind("why", why)
                .bind("next", next.toEpochMilli())
                .bind("now", clock.millis())
                .bind("limit", limit)
                .execute();
    }

    /** Takes back what is queued, for good; answers how many of at most {@code limit}. */
    int cancelQueued(Tx tx, EditionId edition, int limit) {
        return tx.update("""
                update delivery set state = 'cancelled', changed_at = :now
                where edition_id = :edition and state = 'queued' and subscriber_id in
                  (select subscriber_id from delivery where edition_id = :edition and state = 'queued'
                   order by domain, subscriber_id limit :limit)
                """)
                .bind("edition", edition.value())
                .bind("now", clock.millis())
                .bind("limit", limit)
                .execute();
    }

    /** Takes back what is claimed, deferred or held; a worker that holds one finds it gone before its dot. Answers how many of at most {@code limit}. */
    int cancelWaiting(Tx tx, EditionId edition, int limit) {
        return tx.update("""
                update delivery set state = 'cancelled', next_at = null, node_id = null, changed_at = :now
                where edition_id = :edition and state in ('claimed', 'deferred', 'held') and subscriber_id in
                  (select subscriber_id from delivery
                   where edition_id = :edition and state in ('claimed', 'deferred', 'held')
                   order by subscriber_id limit :limit)
                """)
                .bind("edition", edition.value())
                .bind("now", clock.millis())
                .bind("limit", limit)
                .execute();
    }

    /** The editions of which a process held deliveries whose dot may have gone out. */
    List<EditionId> inDoubt(Tx tx, long node) {
        return tx.query("""
                select distinct edition_id
                from delivery
                -- its index serves only where the index's own condition is repeated
                where node_id = :node and state in ('claimed', 'sending') and state = 'sending'
                """)
                .bind("node", node)
                .map((rs, context) -> new EditionId(rs.getLong("edition_id")))
                .list();
    }

    /**
     * Settles a dead process's deliveries of unknown outcome as the policy says; answers how many. Of a cancelled edition nothing is sent again, and
     * what may have been had is not due again: they are held.
     */
    int settleUnknown(Tx tx, long node, EditionId edition, Unknown policy) {
        int unknown = tx.update("""
                update delivery set state = 'unknown', reply = :reply, changed_at = :now
                where node_id = :node and edition_id = :edition and state = 'sending'
                """)
                .bind("reply", UNKNOWN_REPLY)
                .bind("node", node)
                .bind("edition", edition.value())
                .bind("now", clock.millis())
                .execute();
        tx.update("""
                update delivery
                set state = case when exists (select 1 from edition e where e.id = delivery.edition_id and e.state = 'cancelled')
                              then 'held' else :state end,
                  node_id = null
                where node_id = :node and edition_id = :edition and state = 'unknown'
                """)
                .bind("state", afterUnknown(policy).word())
                .bind("node", node)
                .bind("edition", edition.value())
                .execute();
        return unknown;
    }

    static DeliveryState afterUnknown(Unknown policy) {
        return switch (policy) {
            case RESEND -> DeliveryState.QUEUED;
            case HOLD -> DeliveryState.HELD;
        };
    }

    /** Queues again what a process had claimed and not begun; answers how many. */
    int release(Tx tx, long node) {
        return tx.update("""
                update delivery
                set state = case when exists (select 1 from edition e where e.id = delivery.edition_id and e.state = 'cancelled')
                              then 'cancelled' else 'queued' end,
                  node_id = null, changed_at = :now
                where node_id = :node and state = 'claimed'
                """).bind("node", node).bind("now", clock.millis()).execute();
    }

    /** One page of an edition's deliveries, in the order of their subscribers. */
    List<Delivery> page(Tx tx, EditionId edition, @Nullable DeliveryState state, SubscriberId after, int limit) {
        return tx.query("""
                select d.subscriber_id, s.address, d.state, d.attempts, d.reply, d.next_at, d.changed_at
                from delivery d
                join subscriber s on s.id = d.subscriber_id
                where d.edition_id = :edition and d.subscriber_id > :after and (:any or d.state = :state)
                order by d.subscriber_id
                limit :limit
                """)
                .bind("edition", edition.value())
                .bind("after", after.value())
                .bind("any", state == null)
                .bind("state", state == null ? "" : state.word())
                .bind("limit", limit)
                .map((rs, context) -> delivery(rs, edition))
                .list();
    }

    private static Delivery delivery(ResultSet rs, EditionId edition) throws SQLException {
        return new Delivery(
                edition,
                new SubscriberId(rs.getLong("subscriber_id")),
                rs.getString("address"),
                DeliveryState.of(rs.getString("state")),
                rs.getInt("attempts"),
                rs.getString("reply"),
                Instant.ofEpochMilli(rs.getLong("changed_at")));
    }
}
