package io.broadsheet.subscriber;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Subscribers: one an address key. */
public final class SubscriberStore {
    private static final String COLUMNS = "id, address, name, language, time_zone, created_at";

    private final Ids ids;

    public SubscriberStore(Ids ids) {
        this.ids = ids;
    }

    /** The subscriber with this address, added now unless known. */
    Subscriber put(Tx tx, Address address, Instant now) {
        add(tx, List.of(new Added(address, null, null, null)), now);
        return find(tx, address).orElseThrow();
    }

    /** What is known of someone new; each part may be absent. */
    record Added(
            Address address,
            @Nullable String name,
            @Nullable String language,
            @Nullable ZoneId timeZone) {}

    /** Adds those whose address is not known, and leaves the others as they are. In the order of keys, so that two imports never lock crosswise. */
    void add(Tx tx, Collection<Added> added, Instant now) {
        PreparedBatch batch = tx.batch("""
                insert into subscriber (id, address, address_key, name, language, time_zone, created_at)
                values (:id, :address, :key, :name, :language, :zone, :now)
                on conflict (address_key) do nothing
                """);
        added.stream()
                .sorted((one, other) ->
                        one.address().key().compareTo(other.address().key()))
                .forEach(one -> batch.bind("id", ids.next())
                        .bind("address", one.address().mailbox())
                        .bind("key", one.address().key())
                        .bind("name", one.name())
                        .bind("language", one.language())
                        .bind(
                                "zone",
                                one.timeZone() == null ? null : one.timeZone().getId())
                        .bind("now", now.toEpochMilli())
                        .add());
        if (!added.isEmpty()) {
            batch.execute();
        }
    }

    /** Changes name, language and time zone of these, by id. */
    void update(Tx tx, Collection<Subscriber> changed) {
        PreparedBatch batch = tx.batch("""
                update subscriber
                set name = :name, language = :language, time_zone = :zone
                where id = :id
                """);
        for (Subscriber one : changed) {
            batch.bind("id", one.id().value())
                    .bind("name", one.name())
                    .bind("language", one.language())
                    .bind("zone", one.timeZone() == null ? null : one.timeZone().getId())
                    .add();
        }
        if (!changed.isEmpty()) {
            batch.execute();
        }
    }

    public Optional<Subscriber> find(Tx tx, SubscriberId id) {
        return tx.query("select " + COLUMNS + " from subscriber where id = :id")
                .bind("id", id.value())
                .map((row, context) -> subscriber(row))
                .findOne();
    }

    public Optional<Subscriber> find(Tx tx, Address address) {
        return tx.query("select " + COLUMNS + " from subscriber where address_key = :key")
                .bind("key", address.key())
                .map((row, context) -> subscriber(row))
                .findOne();
    }

    /** Those of these keys that are known, by key; one page of keys at most. */
    Map<String, Subscriber> find(Tx tx, Collection<String> keys) {
        Map<String, Subscriber> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        tx.query("select " + COLUMNS + " from subscriber where address_key in (<keys>)")
                .bindList("keys", List.copyOf(keys))
                .map((row, context) -> subscriber(row))
                .forEach(one -> found.put(one.address().key(), one));
        return found;
    }

    static Subscriber subscriber(ResultSet row) throws SQLException {
        return new Subscriber(
                new SubscriberId(row.getLong("id")),
                new Address(row.getString("address")),
                row.getString("name"),
                row.getString("language"),
                zone(row.getString("time_zone")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    /** A zone that this Java doesn't know any more counts as none. */
    static @Nullable ZoneId zone(@Nullable String id) {
        try {
            return id == null ? null : ZoneId.of(id);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
