package io.broadsheet.db;

import java.time.Instant;
import java.util.Optional;

/** Facts about this installation, one row each; whoever writes one owns its name. */
public final class FactStore {
    public Optional<String> find(Tx tx, String name) {
        return tx.query("""
                select value
                from fact
                where name = :name
                """).bind("name", name).mapTo(String.class).findOne();
    }

    /** Answers whether there was one. */
    public boolean remove(Tx tx, String name) {
        return tx.update("delete from fact where name = :name")
                        .bind("name", name)
                        .execute()
                == 1;
    }

    public void put(Tx tx, String name, String value, Instant now) {
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
