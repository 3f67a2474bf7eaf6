package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.delivery.Pace.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What of the senders' paces must be known after a restart. Several nodes write the same rows: the last one's word is as good as any. */
final class PaceStore {
    /** The provider under which a sender's whole pace is kept. */
    static final String ALL = "*";
    /** What was said to a sender that long ago means nothing any more. */
    private static final long FORGOTTEN_MS = 7L * 24 * 3_600_000;

    private final Clock clock;

    PaceStore(Clock clock) {
        this.clock = clock;
    }

    /**
     * One row.
     *
     * @param day of warm-up; absent: none
     * @param dayCount how many went out on that day
     */
    record Row(String provider, Kept kept, @Nullable LocalDate day, long dayCount) {}

    Map<String, Row> of(Tx tx, String sender) {
        Map<String, Row> rows = new HashMap<>();
        tx.query("""
                select provider, next_at, hourly_cap, slowed, until_at, day, day_count
                from pace
                where sender = :sender and changed_at > :since
                """)
                .bind("sender", sender)
                .bind("since", clock.millis() - FORGOTTEN_MS)
                .map((rs, context) -> row(rs))
                .list()
                .forEach(row -> rows.put(row.provider(), row));
        return rows;
    }

    private static Row row(ResultSet rs) throws SQLException {
        long cap = rs.getLong("hourly_cap");
        @Nullable Long hourlyCap = rs.wasNull() ? null : (Long) cap;
        long until = rs.getLong("until_at");
        @Nullable Instant waits = rs.wasNull() ? null : Instant.ofEpochMilli(until);
        @Nullable String day = rs.getString("day");
        return new Row(
                rs.getString("provider"),
                new Kept(rs.getLong("next_at"), hourlyCap, rs.getInt("slowed"), waits),
                day == null ? null : LocalDate.parse(day),
                rs.getLong("day_count"));
    }

    void put(Tx tx, String sender, List<Row> rows) {
        PreparedBatch batch = tx.batch("""
                insert into pace (sender, provider, next_at, hourly_cap, slowed, until_at, day, day_count, changed_at)
                values (:sender, :provider, :next, :cap, :slowed, :until, :day, :count, :now)
                on conflict (sender, provider) do update
                set next_at = excluded.next_at, hourly_cap = excluded.hourly_cap, slowed = excluded.slowed,
                  until_at = excluded.until_at, day = excluded.day, day_count = excluded.day_count, changed_at = excluded.changed_at
                """);
        for (Row row : rows) {
            Instant until = row.kept().until();
            LocalDate day = row.day();
            batch.bind("sender", sender)
                    .bind("provider", row.provider())
                    .bind("next", row.kept().nextMs())
                    .bind("cap", row.kept().hourlyCap())
                    .bind("slowed", row.kept().slowed())
                    .bind("until", until == null ? null : (Long) until.toEpochMilli())
                    .bind("day", day == null ? null : day.toString())
                    .bind("count", row.dayCount())
                    .bind("now", clock.millis())
                    .add();
        }
        if (!rows.isEmpty()) {
            batch.execute();
        }
    }
}
