package io.broadsheet.source;

import io.broadsheet.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens that let their holders post articles, by their hashes. Safe for several threads, because it keeps nothing. */
final class TokenStore {
    /** A stored token: what a request is judged by. */
    record Held(
            long id,
            SourceId source,
            String hash,
            @Nullable Instant used,
            @Nullable Instant revoked) {}

    void add(Tx tx, long id, SourceId source, @Nullable String note, String hash, Instant now) {
        tx.update("""
                        insert into source_token (id, source_id, note, hash, created_at)
                        values (:id, :source, :note, :hash, :now)
                        """)
                .bind("id", id)
                .bind("source", source.value())
                .bind("note", note)
                .bind("hash", hash)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    Optional<Held> find(Tx tx, String hash) {
        return tx.query("select id, source_id, hash, used_at, revoked_at from source_token where hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> new Held(
                        row.getLong("id"),
                        new SourceId(row.getLong("source_id")),
                        row.getString("hash"),
                        instant(row, "used_at"),
                        instant(row, "revoked_at")))
                .findOne();
    }

    void used(Tx tx, long id, Instant now) {
        tx.update("update source_token set used_at = :now where id = :id")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Answers whether it was good until now. */
    boolean revoke(Tx tx, long id, Instant now) {
        return tx.update("update source_token set revoked_at = :now where id = :id and revoked_at is null")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    Optional<SourceToken> find(Tx tx, long id) {
        return tx.query("""
                        select t.id, s.name, t.note, t.created_at, t.used_at, t.revoked_at
                        from source_token t join source s on s.id = t.source_id
                        where t.id = :id
                        """).bind("id", id).map((row, context) -> token(row)).findOne();
    }

    /** Oldest first. */
    List<SourceToken> list(Tx tx, int limit) {
        return tx.query("""
                        select t.id, s.name, t.note, t.created_at, t.used_at, t.revoked_at
                        from source_token t join source s on s.id = t.source_id
                        order by t.id
                        limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> token(row))
                .list();
    }

    private static SourceToken token(ResultSet row) throws SQLException {
        return new SourceToken(
                Long.toString(row.getLong("id")),
                row.getString("name"),
                row.getString("note"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "used_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }
}
