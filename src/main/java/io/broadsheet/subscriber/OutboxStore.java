package io.broadsheet.subscriber;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Single mails that are no edition. They are asked for here and sent by {@code delivery}. */
public final class OutboxStore {
    private final Ids ids;

    public OutboxStore(Ids ids) {
        this.ids = ids;
    }

    /** Asks for one confirmation mail to each. */
    void addConfirmations(Tx tx, NewsletterId newsletter, Collection<SubscriberId> subscribers, Instant now) {
        PreparedBatch batch = tx.batch("""
                insert into outbox (id, kind, newsletter_id, subscriber_id, state, created_at, changed_at)
                values (:id, 'confirm', :newsletter, :subscriber, 'queued', :now, :now)
                """);
        for (SubscriberId subscriber : subscribers) {
            batch.bind("id", ids.next())
                    .bind("newsletter", newsletter.value())
                    .bind("subscriber", subscriber.value())
                    .bind("now", now.toEpochMilli())
                    .add();
        }
        if (!subscribers.isEmpty()) {
            batch.execute();
        }
    }

    /** Whether a confirmation for this newsletter was asked for after an instant. */
    boolean hasConfirmation(Tx tx, NewsletterId newsletter, SubscriberId subscriber, Instant after) {
        return tx.query("""
                        select count(*)
                        from outbox
                        where subscriber_id = :subscriber and newsletter_id = :newsletter and kind = 'confirm' and created_at > :after
                        """)
                        .bind("subscriber", subscriber.value())
                        .bind("newsletter", newsletter.value())
                        .bind("after", after.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /**
     * A mail that was asked for.
     *
     * @param created when; a confirmation's link works for seven days from then
     */
    public record Confirmation(long id, NewsletterId newsletter, SubscriberId subscriber, Instant created) {}

    /** The oldest that are queued, oldest first. */
    public List<Confirmation> queued(Tx tx, int limit) {
        return tx.query("""
                        select id, newsletter_id, subscriber_id, created_at
                        from outbox
                        where state = 'queued'
                        order by id
                        limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> new Confirmation(
                        row.getLong("id"),
                        new NewsletterId(row.getLong("newsletter_id")),
                        new SubscriberId(row.getLong("subscriber_id")),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list();
    }
}
