package io.broadsheet.subscriber;

import io.broadsheet.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of an address: what came back about it, and what an admin did. It only reads; the {@code feedback} room, later in the flow, writes. */
public final class HistoryStore {
    /** Of one address; a reader who bounces daily for a year has more, and nobody reads them. */
    private static final int SHOWN_MAX = 100;

    /**
     * One thing in it.
     *
     * @param what {@code bounce}, {@code delay}, {@code complaint}, {@code unsubscribe}, or {@code suppressed} and {@code lifted} by an admin
     * @param severity of a bounce: {@code hard}, {@code soft} or {@code policy}; absent otherwise
     * @param edition absent where it is about none
     * @param status enhanced status (RFC 3463); absent where there is none
     * @param diagnostic what the mail server said; may be empty
     * @param via the door it came through
     * @param outcome what followed
     */
    public record Past(
            Instant at,
            String what,
            @Nullable String severity,
            @Nullable String edition,
            @Nullable String status,
            String diagnostic,
            String via,
            String outcome) {}

    /** The newest of it, newest first. */
    public List<Past> of(Tx tx, String addressKey) {
        return tx.query("""
                        select happened_at, kind, severity, edition_id, status, diagnostic, via, outcome
                        from feedback
                        where address_key = :key
                        order by id desc
                        limit :limit
                        """)
                .bind("key", addressKey)
                .bind("limit", SHOWN_MAX)
                .map((row, context) -> past(row))
                .list();
    }

    private static Past past(ResultSet row) throws SQLException {
        return new Past(
                Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getString("kind"),
                row.getString("severity"),
                row.getString("edition_id"),
                row.getString("status"),
                row.getString("diagnostic"),
                row.getString("via"),
                row.getString("outcome"));
    }
}
