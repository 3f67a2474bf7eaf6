package io.broadsheet.feedback;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back: rows are only ever added, each thing once. */
public final class FeedbackStore {
    private final Ids ids;

    public FeedbackStore(Ids ids) {
        this.ids = ids;
    }

    /** Whether this was taken before. */
    boolean has(Tx tx, String fingerprint) {
        return tx.query("select exists (select 1 from feedback where fingerprint = :fingerprint)")
                .bind("fingerprint", fingerprint)
                .map((row, context) -> row.getBoolean(1))
                .one();
    }

    /** @return whether it is new; another process may have taken the same meanwhile */
    boolean add(Tx tx, Event event, Outcome outcome, Instant now) {
        return tx.update("""
                        insert into feedback (id, fingerprint, kind, severity, subscriber_id, address_key, edition_id, status, diagnostic,
                                              via, outcome, sent_at, happened_at, taken_at, raw)
                        values (:id, :fingerprint, :kind, :severity, :subscriber, :key, :edition, :status, :diagnostic,
                                :via, :outcome, :sent, :happened, :taken, :raw)
                        on conflict (fingerprint) do nothing
                        """)
                        .bind("id", ids.next())
                        .bind("fingerprint", event.fingerprint())
                        .bind("kind", event.kind().word())
                        .bind(
                                "severity",
                                event.severity() == null
                                        ? null
                                        : event.severity().word())
                        .bind(
                                "subscriber",
                                event.subscriber() == null
                                        ? null
                                        : event.subscriber().id().value())
                        .bind("key", event.addressKey())
                        .bind(
                                "edition",
                                event.edition() == null ? null : event.edition().value())
                        .bind("status", event.status())
                        .bind("diagnostic", event.diagnostic())
                        .bind("via", event.via())
                        .bind("outcome", outcome.word())
                        .bind("sent", event.sent().toEpochMilli())
                        .bind("happened", event.happened().toEpochMilli())
                        .bind("taken", now.toEpochMilli())
                        .bind("raw", event.raw())
                        .execute()
                == 1;
    }

    /**
     * How many mails to a subscriber came back soft, with none delivered in between: those sent since an instant, after the last one that was accepted,
     * didn't come back, and went out before the last one that did. One that went out after that tells nothing: its bounce may be on its way.
     *
     * @param last has come back too, and is no row yet
     */
    int softInARow(Tx tx, SubscriberId subscriber, Instant since, Soft last) {
        long newest = Math.max(last.sent().toEpochMilli(), newestSoft(tx, subscriber));
        long delivered = tx.query("""
                        select coalesce(max(d.changed_at), 0)
                        from delivery d
                        where d.subscriber_id = :subscriber and d.state = 'accepted' and d.changed_at < :newest and d.edition_id <> :edition
                          and not exists (select 1 from feedback b
                                          where b.subscriber_id = :subscriber and b.kind = 'bounce' and b.edition_id = d.edition_id)
                        """)
                .bind("subscriber", subscriber.value())
                .bind("newest", newest)
                .bind("edition", last.edition() == null ? 0 : last.edition().value())
                .mapTo(Long.class)
                .one();
        int others = tx.query("""
                        select count(distinct coalesce(edition_id, id))
                        from feedback
                        where subscriber_id = :subscriber and kind = 'bounce' and severity = 'soft' and sent_at >= :since
                          and sent_at > :delivered and coalesce(edition_id, 0) <> :edition
                        """)
                .bind("subscriber", subscriber.value())
                .bind("since", since.toEpochMilli())
                .bind("delivered", delivered)
                .bind("edition", last.edition() == null ? -1 : last.edition().value())
                .mapTo(Integer.class)
                .one();
        return last.sent().toEpochMilli() > delivered ? others + 1 : others;
    }

    private static long newestSoft(Tx tx, SubscriberId subscriber) {
        return tx.query("""
                        select coalesce(max(sent_at), 0)
                        from feedback
                        where subscriber_id = :subscriber and kind = 'bounce' and severity = 'soft'
                        """)
                .bind("subscriber", subscriber.value())
                .mapTo(Long.class)
                .one();
    }

    /**
     * A mail that came back soft.
     *
     * @param edition absent where it is about none, or doesn't say
     */
    record Soft(@Nullable EditionId edition, Instant sent) {}

    /** When a delivery came into its state, and of which newsletter it is; empty when there is no such. */
    Optional<SentDelivery> sent(Tx tx, EditionId edition, SubscriberId subscriber) {
        return tx.query("""
                        select d.changed_at, e.newsletter_id
                        from delivery d
                        join edition e on e.id = d.edition_id
                        where d.edition_id = :edition and d.subscriber_id = :subscriber
                        """)
                .bind("edition", edition.value())
                .bind("subscriber", subscriber.value())
                .map((row, context) -> new SentDelivery(
                        Instant.ofEpochMilli(row.getLong("changed_at")),
                        new NewsletterId(row.getLong("newsletter_id"))))
                .findOne();
    }

    /** A delivery as its bounce sees it. */
    record SentDelivery(Instant at, NewsletterId newsletter) {}

    /** The newest editions that went to a subscriber, newest first. */
    List<EditionId> editions(Tx tx, SubscriberId subscriber, int limit) {
        return tx.query("""
                        select edition_id
                        from delivery
                        where subscriber_id = :subscriber
                        order by edition_id desc
                        limit :limit
                        """)
                .bind("subscriber", subscriber.value())
                .bind("limit", limit)
                .map((row, context) -> new EditionId(row.getLong("edition_id")))
                .list();
    }

    /** How much that couldn't be read was kept since an instant, counted up to a limit. */
    int unparsed(Tx tx, Instant since, int limit) {
        return tx.query("""
                        select count(*)
                        from (select 1 as one from feedback where kind = 'unparsed' and taken_at >= :since limit :limit) counted
                        """)
                .bind("since", since.toEpochMilli())
                .bind("limit", limit)
                .mapTo(Integer.class)
                .one();
    }

    /** The newest that couldn't be read, newest first. */
    List<Unread> unparsed(Tx tx, int limit) {
        return tx.query("""
                        select id, diagnostic, via, taken_at, raw
                        from feedback
                        where kind = 'unparsed'
                        order by taken_at desc
                        limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> unread(row))
                .list();
    }

    /** One that couldn't be read. */
    record Unread(
            long id,
            String why,
            String via,
            Instant taken,
            @Nullable String raw) {}

    private static Unread unread(ResultSet row) throws SQLException {
        return new Unread(
                row.getLong("id"),
                row.getString("diagnostic"),
                row.getString("via"),
                Instant.ofEpochMilli(row.getLong("taken_at")),
                row.getString("raw"));
    }
}
