package io.broadsheet.delivery;

import io.broadsheet.db.Batches;
import io.broadsheet.db.Database;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's SQL, on the journal's own connection. Used by one thread. */
final class JournalStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournalStore.class);

    /**
     * Whether the reader still wants it is asked in the statement that precedes the dot: an unsubscribe that was answered is never followed by a
     * mail. An edition that was paused stops here too, and everything when {@link DeliverySwitch} is off.
     *
     * <p>The state stands in a {@code coalesce} for the planner's sake: PostgreSQL would otherwise go by the index of what a node has in hand, and read
     * all of that, some hundred rows, for each one.
     */
    private static final String SENDING = """
            update delivery set state = 'sending', attempts = attempts + 1, sender = ?, changed_at = ?
            where edition_id = ? and subscriber_id = ? and coalesce(state, '') = 'claimed' and node_id = ? and attempts = ?
              and exists (select 1 from subscription p
                          join edition e on e.newsletter_id = p.newsletter_id
                          where e.id = delivery.edition_id and e.state = 'sending'
                            and p.subscriber_id = delivery.subscriber_id and p.state = 'active')
              and not exists (select 1 from suppression x
                              join subscriber s on s.address_key = x.address_key
                              where s.id = delivery.subscriber_id)
              and not exists (select 1 from fact where name = 'delivery-stopped')
            """;

    private static final String STEP = """
            update delivery set state = ?, reply = coalesce(?, reply), next_at = ?, node_id = null, changed_at = ?
            where edition_id = ? and subscriber_id = ? and state = ? and node_id = ? and attempts = ?
            """;

    /** A step back: into the queue, or to wait for it. Where the edition was cancelled meanwhile nobody would ever take it from there. */
    private static final String STEP_BACK = """
            update delivery
            set state = case when exists (select 1 from edition e where e.id = delivery.edition_id and e.state = 'cancelled')
                          then 'cancelled' else ? end,
              reply = coalesce(?, reply), next_at = ?, node_id = null, changed_at = ?
            where edition_id = ? and subscriber_id = ? and state = ? and node_id = ? and attempts = ?
            """;

    private static final String STATE = """
            select d.state, d.node_id,
              case when e.state = 'sending' and exists (select 1 from fact where name = 'delivery-stopped') then 'paused' else e.state end
            from delivery d
            join edition e on e.id = d.edition_id
            where d.edition_id = ? and d.subscriber_id = ?
            """;

    private static final String OUTBOX_SENDING = """
            update outbox set state = 'sending', attempts = attempts + 1, changed_at = ?
            where id = ? and state = 'claimed' and node_id = ? and attempts = ?
              and exists (select 1 from subscription p
                          where p.newsletter_id = outbox.newsletter_id and p.subscriber_id = outbox.subscriber_id
                            and p.state = 'pending')
              and not exists (select 1 from suppression x
                              join subscriber s on s.address_key = x.address_key
                              where s.id = outbox.subscriber_id)
              and not exists (select 1 from fact where name = 'delivery-stopped')
            """;

    private static final String OUTBOX_STEP = """
            update outbox set state = ?, reply = coalesce(?, reply), next_at = ?, node_id = null, changed_at = ?
            where id = ? and state = ? and node_id = ? and attempts = ?
            """;

    private static final String OUTBOX_STATE = """
            select state, node_id, case when exists (select 1 from fact where name = 'delivery-stopped') then 'paused' else 'sending' end
            from outbox
            where id = ?
            """;

    private final Database database;
    private final Clock clock;
    private final long node;
    private @Nullable Kept kept;

    JournalStore(Database database, Clock clock, long node) {
        this.database = database;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Writes the changes, none of which names the same mail twice, in one durable commit, and says for each what came of it.
     *
     * @param repeated whether these may have been committed before
     * @throws OutsideError when they were not committed, or nobody knows; the connection is given up, and the same may be written again
     */
    List<Outcome> commit(List<Change> changes, boolean repeated) {
        try {
            return database.inTurn(() -> {
                Kept open = connected();
                open.connection().setAutoCommit(false);
                List<Outcome> outcomes = write(open, changes, repeated);
                // Commits; SQLite's commit() alone would begin the next transaction at once, and keep all others out.
                open.connection().setAutoCommit(true);
                return outcomes;
            });
        } catch (SQLException e) {
            close();
            throw new OutsideError(
                    "database: it takes no records of deliveries: " + Safe.text(e.getMessage())
                            + "; see that it runs and has space",
                    true,
                    e);
        }
    }

    private record Kept(Connection connection, Batches batches) {}

    private Kept connected() {
        Kept open = kept;
        if (open == null) {
            Connection connection = database.journalConnection();
            open = new Kept(connection, new Batches(connection));
            kept = open;
        }
        return open;
    }

    /** Lets the connection go, and with it what was not committed; the next commit opens another. */
    @Override
    public void close() {
        Kept open = kept;
        kept = null;
        if (open == null) {
            return;
        }
        try {
            open.connection().close();
        } catch (SQLException e) {
            // It was broken before: whatever it held ended with it.
            log.atDebug().setCause(e).log("the journal's connection did not close");
        }
    }

    private List<Outcome> write(Kept open, List<Change> changes, boolean repeated) throws SQLException {
        int[] written = new int[changes.size()];
        for (Kind kind : Kind.values()) {
            List<Integer> places = new ArrayList<>();
            List<Object[]> rows = new ArrayList<>();
            for (int at = 0; at < changes.size(); at++) {
                if (Kind.of(changes.get(at)) == kind) {
                    places.add(at);
                    rows.add(row(changes.get(at)));
                }
            }
            int[] counts = rows.isEmpty() ? new int[0] : open.batches().run(kind.sql, rows);
            for (int i = 0; i < counts.length; i++) {
                written[places.get(i)] = counts[i];
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int at = 0; at < written.length; at++) {
            outcomes.add(written[at] == 1 ? Outcome.WRITTEN : whyNot(open.connection(), changes.get(at), repeated));
        }
        return outcomes;
    }

    private Object[] row(Change change) {
        long now = clock.millis();
        List<@Nullable Object> values = new ArrayList<>();
        if (!change.isSending()) {
            values.add(change.to().word());
            values.add(change.reply());
            values.add(change.next() == null ? null : change.next().toEpochMilli());
        }
        if (change.isSending() && change.ref() instanceof Ref.OfEdition) {
            values.add(change.sender());
        }
        values.add(now);
        if (change.ref() instanceof Ref.OfEdition of) {
            values.add(of.edition().value());
            values.add(of.subscriber().value());
        } else if (change.ref() instanceof Ref.OfOutbox of) {
            values.add(of.id());
        }
        if (!change.isSending()) {
            values.add(change.from().word());
        }
        values.add(node);
        values.add(change.attempts());
        return values.toArray();
    }

    private Outcome whyNot(Connection connection, Change change, boolean repeated) throws SQLException {
        String sql = change.ref() instanceof Ref.OfEdition ? STATE : OUTBOX_STATE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (change.ref() instanceof Ref.OfEdition of) {
                statement.setLong(1, of.edition().value());
                statement.setLong(2, of.subscriber().value());
            } else if (change.ref() instanceof Ref.OfOutbox of) {
                statement.setLong(1, of.id());
            }
            try (ResultSet rs = statement.executeQuery()) {
                if (!rs.next()) {
                    return Outcome.GONE;
                }
                DeliveryState state = DeliveryState.of(rs.getString(1));
                boolean ours = rs.getLong(2) == node;
                return judge(change, state, ours, rs.getString(3), repeated);
            }
        }
    }

    private static Outcome judge(Change change, DeliveryState state, boolean ours, String edition, boolean repeated) {
        if (repeated && state == change.to() && ours == change.isSending()) {
            return Outcome.WRITTEN;
        }
        if (change.isSending() && state == DeliveryState.CLAIMED && ours) {
            return switch (edition) {
                case "sending" -> Outcome.UNWANTED;
                case "cancelled" -> Outcome.CANCELLED;
                default -> Outcome.STOPPED;
            };
        }
        return Outcome.GONE;
    }

    /** What came of one change. */
    enum Outcome {
        /** It is written. */
        WRITTEN,
        /** The mail is in hand, and its reader has unsubscribed or is suppressed: it must not go out. */
        UNWANTED,
        /** The mail is in hand, and its edition was paused, or all delivery stopped: it must not go out now. */
        STOPPED,
        /** The mail is in hand, and its edition was cancelled: it must not go out. */
        CANCELLED,
        /** The mail is no longer in this process's hand, or not in that state. */
        GONE
    }

    private enum Kind {
        DELIVERY_STEP(STEP),
        DELIVERY_STEP_BACK(STEP_BACK),
        OUTBOX_STEP(JournalStore.OUTBOX_STEP),
        DELIVERY_SENDING(SENDING),
        OUTBOX_SENDING(JournalStore.OUTBOX_SENDING);

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }

        static Kind of(Change change) {
            boolean delivery = change.ref() instanceof Ref.OfEdition;
            if (change.isSending()) {
                return delivery ? DELIVERY_SENDING : OUTBOX_SENDING;
            }
            boolean back = change.to() == DeliveryState.QUEUED || change.to() == DeliveryState.DEFERRED;
            if (delivery) {
                return back ? DELIVERY_STEP_BACK : DELIVERY_STEP;
            }
            return OUTBOX_STEP;
        }
    }
}
