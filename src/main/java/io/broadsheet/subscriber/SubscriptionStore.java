package io.broadsheet.subscriber;

import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import io.broadsheet.subscriber.Subscription.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Who takes which newsletter. */
public final class SubscriptionStore {
    /** Zones that someone lives in; the IANA database has some 600. */
    private static final int ZONES_MAX = 1_000;

    /** Adds or changes each as it stands here. */
    void put(Tx tx, Collection<Subscription> subscriptions) {
        PreparedBatch batch = tx.batch("""
                insert into subscription (newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at,
                                          ended_at, ended_why)
                values (:newsletter, :subscriber, :cadence, :topics, :state, :requested, :joined, :dueAfter, :ended, :why)
                on conflict (newsletter_id, subscriber_id) do update set
                  cadence = excluded.cadence, topics = excluded.topics, state = excluded.state, requested_at = excluded.requested_at,
                  joined_at = excluded.joined_at, due_after_at = excluded.due_after_at, ended_at = excluded.ended_at,
                  ended_why = excluded.ended_why
                """);
        subscriptions.stream()
                .sorted((one, other) -> one.subscriber().compareTo(other.subscriber()))
                .forEach(one -> batch.bind("newsletter", one.newsletter().value())
                        .bind("subscriber", one.subscriber().value())
                        .bind("cadence", one.cadence())
                        .bind("topics", Json.write(one.topics()))
                        .bind("state", one.state().word())
                        .bind("requested", one.requested().toEpochMilli())
                        .bind("joined", ms(one.joined()))
                        .bind("dueAfter", ms(one.dueAfter()))
                        .bind("ended", ms(one.ended()))
                        .bind(
                                "why",
                                one.endedWhy() == null ? null : one.endedWhy().word())
                        .add());
        if (!subscriptions.isEmpty()) {
            batch.execute();
        }
    }

    /** Ends one that has not ended; answers whether it was so. */
    boolean end(Tx tx, NewsletterId newsletter, SubscriberId subscriber, EndedWhy why, Instant now) {
        return tx.update("""
                        update subscription
                        set state = 'ended', ended_at = :now, ended_why = :why
                        where newsletter_id = :newsletter and subscriber_id = :subscriber and state <> 'ended'
                        """)
                        .bind("now", now.toEpochMilli())
                        .bind("why", why.word())
                        .bind("newsletter", newsletter.value())
                        .bind("subscriber", subscriber.value())
                        .execute()
                == 1;
    }

    public Optional<Subscription> find(Tx tx, NewsletterId newsletter, SubscriberId subscriber) {
        return Optional.ofNullable(find(tx, newsletter, List.of(subscriber)).get(subscriber));
    }

    /** Those of these subscribers, by subscriber; one page at most. */
    Map<SubscriberId, Subscription> find(Tx tx, NewsletterId newsletter, Collection<SubscriberId> subscribers) {
        Map<SubscriberId, Subscription> found = new HashMap<>();
        if (subscribers.isEmpty()) {
            return found;
        }
        tx.query("""
                        select newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at, ended_at, ended_why
                        from subscription
                        where newsletter_id = :newsletter and subscriber_id in (<subscribers>)
                        """)
                .bind("newsletter", newsletter.value())
                .bindList(
                        "subscribers",
                        subscribers.stream().map(SubscriberId::value).toList())
                .map((row, context) -> subscription(row))
                .forEach(one -> found.put(one.subscriber(), one));
        return found;
    }

    /** All of one person's: as many as there are newsletters at most. */
    List<Subscription> of(Tx tx, SubscriberId subscriber) {
        return tx.query("""
                        select newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at, ended_at, ended_why
                        from subscription
                        where subscriber_id = :subscriber
                        order by newsletter_id
                        """)
                .bind("subscriber", subscriber.value())
                .map((row, context) -> subscription(row))
                .list();
    }

    /**
     * A page of those who may be mailed an edition: active, and not suppressed, in the order of their ids.
     *
     * @param cadence absent: all cadences
     * @param after the last one of the page before; 0 for the first page
     */
    public List<Reader> readers(Tx tx, NewsletterId newsletter, @Nullable String cadence, long after, int limit) {
        // Two statements, as each has an index of its own: subscription_active, and the primary key.
        String ofCadence = cadence == null ? "" : "and s.cadence = :cadence";
        var query = tx.query("""
                        select s.subscriber_id, s.cadence, s.joined_at, s.due_after_at, r.language, r.time_zone
                        from subscription s
                        join subscriber r on r.id = s.subscriber_id
                        where s.newsletter_id = :newsletter <ofCadence> and s.state = 'active' and s.subscriber_id > :after
                          and not exists (select 1 from suppression x where x.address_key = r.address_key)
                        order by s.subscriber_id
                        limit :limit
                        """)
                .define("ofCadence", ofCadence)
                .bind("newsletter", newsletter.value())
                .bind("after", after)
                .bind("limit", limit);
        if (cadence != null) {
            query.bind("cadence", cadence);
        }
        return query.map((row, context) -> new Reader(
                        new SubscriberId(row.getLong("subscriber_id")),
                        row.getString("cadence"),
                        Instant.ofEpochMilli(row.getLong("joined_at")),
                        Instant.ofEpochMilli(row.getLong("due_after_at")),
                        row.getString("language"),
                        SubscriberStore.zone(row.getString("time_zone"))))
                .list();
    }

    /**
     * An active subscription, as composing sees it.
     *
     * @param language BCP 47 tag; absent when the reader chose none
     * @param timeZone absent when unknown
     */
    public record Reader(
            SubscriberId subscriber,
            String cadence,
            Instant joined,
            Instant dueAfter,
            @Nullable String language,
            @Nullable ZoneId timeZone) {}

    /** Where a listing goes on: after this subscription. */
    record Place(long subscriber, long newsletter) {
        static final Place FIRST = new Place(0, 0);
    }

    /** A page of a listing; {@code last} is where the next begins. */
    record Listing(List<ListSubscribers.Listed> listed, Place last) {}

    /** The subscriptions after a place, in the order of subscriber and newsletter. */
    Listing list(Tx tx, @Nullable NewsletterId newsletter, @Nullable State state, Place after, int limit) {
        List<Place> places = new ArrayList<>();
        List<ListSubscribers.Listed> listed = tx.query("""
                        select s.subscriber_id, s.newsletter_id, r.address, r.name, r.language, r.time_zone, n.name as newsletter, s.cadence,
                               s.topics, s.state, s.joined_at
                        from subscription s
                        join subscriber r on r.id = s.subscriber_id
                        join newsletter n on n.id = s.newsletter_id
                        where (s.subscriber_id, s.newsletter_id) > (:subscriber, :after) <ofNewsletter> <ofState>
                        order by s.subscriber_id, s.newsletter_id
                        limit :limit
                        """)
                .define("ofNewsletter", newsletter == null ? "" : "and s.newsletter_id = :newsletter")
                .define("ofState", state == null ? "" : "and s.state = :state")
                .bindMap(values(newsletter, state))
                .bind("subscriber", after.subscriber())
                .bind("after", after.newsletter())
                .bind("limit", limit)
                .map((row, context) -> {
                    places.add(new Place(row.getLong("subscriber_id"), row.getLong("newsletter_id")));
                    return new ListSubscribers.Listed(
                            row.getString("address"),
                            row.getString("name"),
                            row.getString("language"),
                            row.getString("time_zone"),
                            row.getString("newsletter"),
                            row.getString("cadence"),
                            List.of(Json.read(row.getString("topics"), String[].class)),
                            State.of(row.getString("state")),
                            instant(row, "joined_at"));
                })
                .list();
        return new Listing(listed, places.isEmpty() ? after : places.get(places.size() - 1));
    }

    private static Map<String, Object> values(@Nullable NewsletterId newsletter, @Nullable State state) {
        Map<String, Object> values = new HashMap<>();
        if (newsletter != null) {
            values.put("newsletter", newsletter.value());
        }
        if (state != null) {
            values.put("state", state.word());
        }
        return values;
    }

    /** How many active subscriptions there are, suppressed ones among them. */
    public long active(Tx tx, NewsletterId newsletter, @Nullable String cadence) {
        String ofCadence = cadence == null ? "" : "and cadence = :cadence";
        var query = tx.query("""
                        select count(*)
                        from subscription
                        where newsletter_id = :newsletter <ofCadence> and state = 'active'
                        """).define("ofCadence", ofCadence).bind("newsletter", newsletter.value());
        if (cadence != null) {
            query.bind("cadence", cadence);
        }
        return query.mapTo(Long.class).one();
    }

    /** The zones that active subscribers of a cadence live in, each with when the first of them joined; a null zone stands for those without. */
    public List<ReaderZone> zones(Tx tx, NewsletterId newsletter, String cadence) {
        return tx.query("""
                        select r.time_zone, min(s.joined_at) as first_joined_at
                        from subscription s
                        join subscriber r on r.id = s.subscriber_id
                        where s.newsletter_id = :newsletter and s.cadence = :cadence and s.state = 'active'
                        group by r.time_zone
                        order by r.time_zone
                        limit :limit
                        """)
                .bind("newsletter", newsletter.value())
                .bind("cadence", cadence)
                .bind("limit", ZONES_MAX)
                .map((row, context) -> new ReaderZone(
                        SubscriberStore.zone(row.getString("time_zone")),
                        Instant.ofEpochMilli(row.getLong("first_joined_at"))))
                .list();
    }

    /**
     * A zone that readers live in.
     *
     * @param zone absent for those whose zone is unknown
     * @param firstJoined when the first of them joined
     */
    public record ReaderZone(@Nullable ZoneId zone, Instant firstJoined) {}

    private static @Nullable Long ms(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        @Nullable String why = row.getString("ended_why");
        return new Subscription(
                new NewsletterId(row.getLong("newsletter_id")),
                new SubscriberId(row.getLong("subscriber_id")),
                row.getString("cadence"),
                List.of(Json.read(row.getString("topics"), String[].class)),
                State.of(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                instant(row, "joined_at"),
                instant(row, "due_after_at"),
                instant(row, "ended_at"),
                why == null ? null : EndedWhy.of(why));
    }
}
