package io.broadsheet.doctor;

import io.broadsheet.db.Tx;
import java.time.Instant;
import java.util.List;

/** Counts what became of mail by receiving domain; writes nothing. */
final class RateStore {
    /** What one domain took, refused and complained of. */
    record Domain(String name, long accepted, long refused, long complaints) {}

    /** Newest editions first; an installation that sends more in the time is judged by these. */
    private static final int EDITIONS_MAX = 200;
    /** The largest ones; what is left is single readers' own domains. */
    private static final int DOMAINS_MAX = 1_000;

    /** Over the editions that began since then. */
    List<Domain> since(Tx tx, Instant since) {
        return tx.query("""
                with recent as (
                  select id
                  from edition
                  where started_at >= :since and state not in ('composing', 'nothing-new')
                  order by id desc
                  limit :editions
                ),
                answered as (
                  select d.domain,
                         sum(case when d.state = 'accepted' then 1 else 0 end) as accepted,
                         sum(case when d.state = 'refused' then 1 else 0 end) as refused
                  from recent r
                  join delivery d on d.edition_id = r.id
                  where d.state in ('accepted', 'refused')
                  group by d.domain
                ),
                complained as (
                  select d.domain, count(distinct f.id) as complaints
                  from feedback f
                  join recent r on r.id = f.edition_id
                  join delivery d on d.edition_id = f.edition_id and d.subscriber_id = f.subscriber_id
                  where f.kind = 'complaint'
                  group by d.domain
                )
                select a.domain, a.accepted, a.refused, coalesce(c.complaints, 0) as complaints
                from answered a
                left join complained c on c.domain = a.domain
                order by a.accepted + a.refused desc, a.domain
                limit :domains
                """)
                .bind("since", since.toEpochMilli())
                .bind("editions", EDITIONS_MAX)
                .bind("domains", DOMAINS_MAX)
                .map((row, context) -> new Domain(
                        row.getString("domain"),
                        row.getLong("accepted"),
                        row.getLong("refused"),
                        row.getLong("complaints")))
                .list();
    }
}
