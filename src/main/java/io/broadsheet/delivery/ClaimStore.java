package io.broadsheet.delivery;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.VariantId;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How queued deliveries are found and taken in hand, domain by domain. */
final class ClaimStore {
    /** Domains are lower-case ASCII. */
    private static final String AFTER_ALL = "~";

    private final Clock clock;

    ClaimStore(Clock clock) {
        this.clock = clock;
    }

    /** Whether a sender would find work in the edition: asked before claiming, which needs the writers' turn. */
    boolean hasQueued(Tx tx, EditionId edition) {
        return tx.query("select exists (select 1 from delivery where edition_id = :edition and state = 'queued')")
                .bind("edition", edition.value())
                .map((rs, context) -> rs.getBoolean(1))
                .one();
    }

    /**
     * The first domain after that one, and before the other, of which something is queued.
     *
     * @param until absent: no end
     */
    Optional<String> domainAfter(Tx tx, EditionId edition, String after, @Nullable String until) {
        return tx.query("""
                select domain
                from delivery
                where edition_id = :edition and state = 'queued' and domain > :after and domain < :until
                order by domain
                limit 1
                """)
                .bind("edition", edition.value())
                .bind("after", after)
                .bind("until", until == null ? AFTER_ALL : until)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether something of that domain is queued. */
    boolean hasQueued(Tx tx, EditionId edition, String domain) {
        return tx.query("""
                select exists (select 1 from delivery where edition_id = :edition and state = 'queued' and domain = :domain)
                """)
                .bind("edition", edition.value())
                .bind("domain", domain)
                .map((rs, context) -> rs.getBoolean(1))
                .one();
    }

    /**
     * Takes up to {@code limit} queued deliveries in hand, in the order of their domains.
     *
     * @param from the first domain
     * @param until before which domain it ends; absent: no end
     */
    List<Claim> claim(Tx tx, SendingEdition edition, long node, String from, @Nullable String until, int limit) {
        String claims = """
                update delivery set state = 'claimed', node_id = :node, changed_at = :now
                where edition_id = :edition and state = 'queued' and subscriber_id in
                  (select subscriber_id from delivery
                   where edition_id = :edition and state = 'queued' and domain >= :from and domain < :until
                   order by domain, subscriber_id limit :limit %s)
                returning subscriber_id
                """.formatted(tx.dialect().claimLock());
        List<Long> claimed = tx.query(claims)
                .bind("edition", edition.id().value())
                .bind("node", node)
                .bind("now", clock.millis())
                .bind("from", from)
                .bind("until", until == null ? AFTER_ALL : until)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        return claimed.isEmpty() ? List.of() : read(tx, edition, claimed);
    }

    private static List<Claim> read(Tx tx, SendingEdition edition, List<Long> subscribers) {
        return tx.query("""
                select d.subscriber_id, d.variant_id, d.attempts, s.address, s.name, s.language, s.time_zone, s.created_at as joined_at,
                  exists (select 1 from subscription p
                          where p.newsletter_id = :newsletter and p.subscriber_id = d.subscriber_id and p.state = 'active')
                  and not exists (select 1 from suppression x where x.address_key = s.address_key) as wanted
                from delivery d
                join subscriber s on s.id = d.subscriber_id
                where d.edition_id = :edition and d.state = 'claimed' and d.subscriber_id in (<subscribers>)
                order by d.domain, d.subscriber_id
                """)
                .bind("newsletter", edition.newsletter().value())
                .bind("edition", edition.id().value())
                .bindList("subscribers", subscribers)
                .map((rs, context) -> claim(rs, edition))
                .list();
    }

    private static Claim claim(ResultSet rs, SendingEdition edition) throws SQLException {
        Subscriber subscriber = subscriber(rs);
        return new Claim(
                new Ref.OfEdition(edition.id(), subscriber.id()),
                edition.newsletter(),
                subscriber,
                new VariantId(rs.getLong("variant_id")),
                rs.getInt("attempts"),
                rs.getBoolean("wanted"),
                edition.terms());
    }

    static Subscriber subscriber(ResultSet rs) throws SQLException {
        String zone = rs.getString("time_zone");
        return new Subscriber(
                new SubscriberId(rs.getLong("subscriber_id")),
                new Address(rs.getString("address")),
                rs.getString("name"),
                rs.getString("language"),
                zone == null ? null : ZoneId.of(zone),
                Instant.ofEpochMilli(rs.getLong("joined_at")));
    }
}
