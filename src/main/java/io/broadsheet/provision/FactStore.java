package io.broadsheet.provision;

import io.broadsheet.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** Facts about this installation, one row each. */
final class FactStore {
    /** SHA-256 of the config files that were applied last. */
    static final String CONFIG = "config";

    Optional<String> find(Tx tx, String name) {
        return tx.query("""
                select value
                from fact
                where name = :name
                """).bind("name", name).mapTo(String.class).findOne();
    }

    void put(Tx tx, String name, String value, Instant now) {
        tx.update("""
                insert into fact (name, value, changed_at)
                values (:name, :value, :now)
                on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at
                """)
                .bind("name", name)
                .bind("value", value)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
