package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The delivery table without the senders behind it. */
final class TableQueue implements Queue {
    private final Clock clock;

    TableQueue(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void add(Tx tx, EditionId edition, List<Recipient> recipients) {
        PreparedBatch batch = tx.batch("""
                insert into delivery (edition_id, subscriber_id, variant_id, state, changed_at)
                values (:edition, :subscriber, :variant, 'queued', :now)
                """);
        for (Recipient recipient : recipients) {
            batch.bind("edition", edition.value())
                    .bind("subscriber", recipient.subscriber().value())
                    .bind("variant", recipient.variant().value())
                    .bind("now", clock.millis())
                    .add();
        }
        batch.execute();
    }

    @Override
    public int drop(Tx tx, EditionId edition, int limit) {
        return tx.update("""
                        delete from delivery
                        where edition_id = :edition and subscriber_id in
                          (select subscriber_id from delivery where edition_id = :edition order by subscriber_id limit :limit)
                        """)
                .bind("edition", edition.value())
                .bind("limit", limit)
                .execute();
    }
}
