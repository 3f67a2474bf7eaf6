package io.broadsheet.subscriber;

import io.broadsheet.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Addresses not to be mailed. One row an address; the first reason stays. */
public final class SuppressionStore {
    /** @return whether this address was not suppressed before */
    public boolean add(Tx tx, Suppression suppression) {
        return tx.update("""
                        insert into suppression (address_key, why, since_at, reply)
                        values (:key, :why, :since, :reply)
                        on conflict (address_key) do nothing
                        """)
                        .bind("key", suppression.addressKey())
                        .bind("why", suppression.why().word())
                        .bind("since", suppression.since().toEpochMilli())
                        .bind("reply", suppression.reply())
                        .execute()
                == 1;
    }

    /** Adds those that are not there, one page at most, in the order of keys, so that two imports never lock crosswise; answers the keys of those. */
    public Set<String> addAll(Tx tx, Collection<Suppression> all) {
        if (all.isEmpty()) {
            return Set.of();
        }
        // PostgreSQL's driver, which makes one statement of many rows, doesn't say how many it added.
        Set<String> fresh =
                new HashSet<>(all.stream().map(Suppression::addressKey).toList());
        fresh.removeAll(among(tx, fresh));
        PreparedBatch batch = tx.batch("""
                insert into suppression (address_key, why, since_at, reply)
                values (:key, :why, :since, :reply)
                on conflict (address_key) do nothing
                """);
        all.stream()
                .sorted(Comparator.comparing(Suppression::addressKey))
                .forEach(one -> batch.bind("key", one.addressKey())
                        .bind("why", one.why().word())
                        .bind("since", one.since().toEpochMilli())
                        .bind("reply", one.reply())
                        .add());
        batch.execute();
        return fresh;
    }

    /** Lets the address be mailed again; answers whether it was suppressed. */
    public boolean lift(Tx tx, Address address) {
        return tx.update("delete from suppression where address_key = :key")
                        .bind("key", address.key())
                        .execute()
                == 1;
    }

    public Optional<Suppression> find(Tx tx, Address address) {
        return tx.query("select address_key, why, since_at, reply from suppression where address_key = :key")
                .bind("key", address.key())
                .map((row, context) -> suppression(row))
                .findOne();
    }

    /** A page of those whose key comes after one, in the order of keys. */
    public List<Suppression> page(Tx tx, String after, int limit) {
        return tx.query("""
                        select address_key, why, since_at, reply
                        from suppression
                        where address_key > :after
                        order by address_key
                        limit :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> suppression(row))
                .list();
    }

    private static Suppression suppression(ResultSet row) throws SQLException {
        return new Suppression(
                row.getString("address_key"),
                Suppression.Why.of(row.getString("why")),
                Instant.ofEpochMilli(row.getLong("since_at")),
                row.getString("reply"));
    }

    /** Which of these keys are suppressed; one page of keys at most. */
    public Set<String> among(Tx tx, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(tx.query("select address_key from suppression where address_key in (<keys>)")
                .bindList("keys", List.copyOf(keys))
                .mapTo(String.class)
                .list());
    }
}
