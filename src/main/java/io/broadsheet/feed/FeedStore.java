package io.broadsheet.feed;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Feeds: one row a name. A closed one stays, so that its address can answer that it is gone. */
public final class FeedStore {
    private final Ids ids;

    public FeedStore(Ids ids) {
        this.ids = ids;
    }

    /**
     * Makes the feed of this name, or gives it this definition; one that was closed is open again.
     *
     * @return whether anything changed
     */
    public boolean put(Tx tx, FeedDefinition definition, boolean provisioned, Instant now) {
        return tx.update("""
                        insert into feed (id, name, definition, provisioned, created_at)
                        values (:id, :name, :definition, :provisioned, :now)
                        on conflict (name) do update
                        set definition = excluded.definition, provisioned = excluded.provisioned, closed_at = null
                        where feed.definition <> excluded.definition
                            or feed.provisioned <> excluded.provisioned
                            or feed.closed_at is not null
                        """)
                        .bind("id", ids.next())
                        .bind("name", definition.name())
                        .bind("definition", Json.write(definition))
                        .bind("provisioned", provisioned)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** @return whether there was an open feed of this name */
    public boolean close(Tx tx, String name, Instant now) {
        return tx.update("""
                                update feed
                                set closed_at = :now
                                where name = :name and closed_at is null
                                """).bind("name", name).bind("now", now.toEpochMilli()).execute() == 1;
    }

    /** The open feeds by name. Definitions are few: a person wrote each. */
    public List<Feed> open(Tx tx) {
        return tx.query("""
                        select id, definition, provisioned, created_at, closed_at, change_number, changed_at, fingerprint
                        from feed
                        where closed_at is null
                        order by name
                        """).map((row, context) -> feed(row)).list();
    }

    /** Names of the closed feeds, in order. */
    List<String> closedNames(Tx tx) {
        return tx.query("""
                        select name
                        from feed
                        where closed_at is not null
                        order by name
                        """).mapTo(String.class).list();
    }

    /** The feed of this name, open or closed. */
    public Optional<Feed> find(Tx tx, String name) {
        return tx.query("""
                        select id, definition, provisioned, created_at, closed_at, change_number, changed_at, fingerprint
                        from feed
                        where name = :name
                        """).bind("name", name).map((row, context) -> feed(row)).findOne();
    }

    /**
     * Notes that the feed's bytes are now others. The instant always grows, also when the clock stepped back: it becomes Last-Modified.
     *
     * @return false when another node noted these bytes before
     */
    boolean changed(Tx tx, FeedId id, String fingerprint, Instant now) {
        return tx.update("""
                                update feed
                                set change_number = change_number + 1,
                                    changed_at = case when changed_at >= :now then changed_at + 1 else :now end,
                                    fingerprint = :fingerprint
                                where id = :id and (fingerprint is null or fingerprint <> :fingerprint)
                                """)
                        .bind("id", id.value())
                        .bind("fingerprint", fingerprint)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    private static Feed feed(ResultSet row) throws SQLException {
        return new Feed(
                new FeedId(row.getLong("id")),
                Json.read(row.getString("definition"), FeedDefinition.class),
                row.getBoolean("provisioned"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "closed_at"),
                row.getLong("change_number"),
                instant(row, "changed_at"),
                row.getString("fingerprint"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }
}
