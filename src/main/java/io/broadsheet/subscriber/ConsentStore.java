package io.broadsheet.subscriber;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What was agreed and withdrawn. Rows are only ever added. */
public final class ConsentStore {
    /** Of an IP address, a User-Agent or an admin's evidence; a header may be as long as its sender likes. */
    private static final int CHARACTERS_MAX = 500;
    /** The newest are shown. */
    private static final int SHOWN_MAX = 1_000;

    private final Ids ids;

    public ConsentStore(Ids ids) {
        this.ids = ids;
    }

    void add(Tx tx, Collection<Consent> consents) {
        PreparedBatch batch = tx.batch("""
                insert into consent (id, subscriber_id, newsletter_id, what, at, evidence, ip, agent)
                values (:id, :subscriber, :newsletter, :what, :at, :evidence, :ip, :agent)
                """);
        for (Consent consent : consents) {
            batch.bind("id", ids.next())
                    .bind("subscriber", consent.subscriber().value())
                    .bind("newsletter", consent.newsletter().value())
                    .bind("what", consent.what().word())
                    .bind("at", consent.at().toEpochMilli())
                    .bind("evidence", cut(consent.evidence()))
                    .bind("ip", cut(consent.ip()))
                    .bind("agent", cut(consent.agent()))
                    .add();
        }
        if (!consents.isEmpty()) {
            batch.execute();
        }
    }

    /** What one person agreed and withdrew, oldest first; at most the newest thousand. */
    List<Consent> of(Tx tx, SubscriberId subscriber) {
        return tx.query("""
                        select subscriber_id, newsletter_id, what, at, evidence, ip, agent
                        from (select id, subscriber_id, newsletter_id, what, at, evidence, ip, agent
                              from consent
                              where subscriber_id = :subscriber
                              order by id desc
                              limit :limit) newest
                        order by id
                        """)
                .bind("subscriber", subscriber.value())
                .bind("limit", SHOWN_MAX)
                .map((row, context) -> new Consent(
                        new SubscriberId(row.getLong("subscriber_id")),
                        new NewsletterId(row.getLong("newsletter_id")),
                        Consent.What.of(row.getString("what")),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("evidence"),
                        row.getString("ip"),
                        row.getString("agent")))
                .list();
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX);
    }
}
