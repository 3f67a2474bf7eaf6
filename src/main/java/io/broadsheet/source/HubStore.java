package io.broadsheet.source;

import io.broadsheet.db.Tx;
import io.broadsheet.source.HubSubscription.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Subscriptions at hubs, one a source at most. Safe for several threads, because it keeps nothing. */
public final class HubStore {
    private static final String COLUMNS = """
            select id, source_id, hub, topic, state, lease_until_at, next_at, failures, error
            from hub_subscription
            """;

    /**
     * The source's document named this hub, or none. One that is named anew is wanted at once, under a new id, and so with a callback and a secret
     * that the last hub doesn't know; one that is named no more is left.
     *
     * @param id for a new one
     */
    public void offer(Tx tx, long id, SourceId source, @Nullable HubLink link, Instant now) {
        Optional<HubSubscription> before = find(tx, source);
        if (link == null) {
            if (before.isPresent()) {
                leave(tx, source, now);
            }
            return;
        }
        if (before.isPresent() && before.get().link().equals(link)) {
            if (before.get().state() == State.LEAVING) {
                change(tx, before.get().id(), State.WANTED, now);
            }
            return;
        }
        tx.update("delete from hub_subscription where source_id = :source")
                .bind("source", source.value())
                .execute();
        tx.update("""
                        insert into hub_subscription (id, source_id, hub, topic, state, next_at, created_at)
                        values (:id, :source, :hub, :topic, 'wanted', :now, :now)
                        """)
                .bind("id", id)
                .bind("source", source.value())
                .bind("hub", link.hub())
                .bind("topic", link.topic())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Whether a hub pushes what is new, so that visits only make sure of it. */
    public boolean isLive(Tx tx, SourceId source, Instant now) {
        return tx.query("""
                        select count(*) from hub_subscription
                        where source_id = :source and state = 'live' and lease_until_at > :now
                        """)
                        .bind("source", source.value())
                        .bind("now", now.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** The source is visited no more, or elsewhere. */
    void leave(Tx tx, SourceId source, Instant now) {
        find(tx, source)
                .filter(one -> one.state() != State.LEAVING)
                .ifPresent(one -> change(tx, one.id(), State.LEAVING, now));
    }

    /** All that are known to a hub, since no pushes are wanted at all. Answers how many. */
    int leaveAll(Tx tx, Instant now) {
        return tx.update("""
                        update hub_subscription set state = 'leaving', next_at = :now, failures = 0, error = null
                        where state = 'live'
                        """).bind("now", now.toEpochMilli()).execute();
    }

    private static void change(Tx tx, long id, State state, Instant now) {
        tx.update("""
                        update hub_subscription set state = :state, next_at = :now, failures = 0, error = null
                        where id = :id
                        """)
                .bind("id", id)
                .bind("state", state.word())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    Optional<HubSubscription> find(Tx tx, SourceId source) {
        return tx.query(COLUMNS + "where source_id = :source")
                .bind("source", source.value())
                .map((row, context) -> subscription(row))
                .findOne();
    }

    public Optional<HubSubscription> find(Tx tx, long id) {
        return tx.query(COLUMNS + "where id = :id")
                .bind("id", id)
                .map((row, context) -> subscription(row))
                .findOne();
    }

    /** Whose hub is to be asked, longest due first. */
    List<HubSubscription> due(Tx tx, Instant now, int limit) {
        return tx.query(COLUMNS + "where next_at <= :now order by next_at, id limit :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> subscription(row))
                .list();
    }

    /** Takes it to ask its hub, if no other process did meanwhile. Until the hub proves that it heard us this counts as a failure. */
    boolean claim(Tx tx, HubSubscription seen, Instant next) {
        return tx.update("""
                        update hub_subscription set next_at = :next, failures = failures + 1
                        where id = :id and next_at = :seen and state = :state
                        """)
                        .bind("id", seen.id())
                        .bind("next", next.toEpochMilli())
                        .bind("seen", seen.next().toEpochMilli())
                        .bind("state", seen.state().word())
                        .execute()
                == 1;
    }

    /** @param error absent: the hub answered well, which proves nothing yet */
    void answered(Tx tx, long id, @Nullable String error) {
        tx.update("update hub_subscription set error = :error where id = :id")
                .bind("id", id)
                .bind("error", error)
                .execute();
    }

    /** The hub proved that it took us. Answers whether that was wanted. */
    boolean verified(Tx tx, long id, Instant leaseUntil, Instant next) {
        return tx.update("""
                        update hub_subscription
                        set state = 'live', lease_until_at = :until, next_at = :next, failures = 0, error = null
                        where id = :id and state in ('wanted', 'live', 'denied')
                        """)
                        .bind("id", id)
                        .bind("until", leaseUntil.toEpochMilli())
                        .bind("next", next.toEpochMilli())
                        .execute()
                == 1;
    }

    void denied(Tx tx, long id, String reason, Instant next) {
        tx.update("""
                        update hub_subscription
                        set state = 'denied', lease_until_at = null, next_at = :next, error = :reason
                        where id = :id and state in ('wanted', 'live', 'denied')
                        """)
                .bind("id", id)
                .bind("reason", reason)
                .bind("next", next.toEpochMilli())
                .execute();
    }

    void remove(Tx tx, long id) {
        tx.update("delete from hub_subscription where id = :id and state = 'leaving'")
                .bind("id", id)
                .execute();
    }

    /** A push was proved, and is promised to be taken in. */
    void owe(Tx tx, long id, Instant now) {
        tx.update("update hub_subscription set pushed_at = :now, owed_at = :now where id = :id")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** All that was promised up to this instant is done. */
    public void settle(Tx tx, long id, Instant upTo) {
        tx.update("update hub_subscription set owed_at = null where id = :id and owed_at <= :upto")
                .bind("id", id)
                .bind("upto", upTo.toEpochMilli())
                .execute();
    }

    /** What was promised and never done, as by a process that was killed: their sources are to be visited instead. */
    List<HubSubscription> owing(Tx tx) {
        return tx.query(COLUMNS + "where owed_at is not null order by id limit 10000")
                .map((row, context) -> subscription(row))
                .list();
    }

    private static HubSubscription subscription(ResultSet row) throws SQLException {
        long lease = row.getLong("lease_until_at");
        Instant leaseUntil = row.wasNull() ? null : Instant.ofEpochMilli(lease);
        return new HubSubscription(
                row.getLong("id"),
                new SourceId(row.getLong("source_id")),
                new HubLink(row.getString("hub"), row.getString("topic")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                leaseUntil,
                Instant.ofEpochMilli(row.getLong("next_at")),
                row.getInt("failures"),
                row.getString("error"));
    }
}
