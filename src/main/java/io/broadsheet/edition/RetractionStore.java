package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What editions tell of articles that were mailed and then taken back. */
public final class RetractionStore {
    /** As long as feeds keep a tombstone: who mails more rarely than that tells of nothing older. */
    private static final Duration TOLD = Duration.ofDays(90);
    /** More in one mail are read by nobody; the rest goes into the edition after it. */
    private static final int TOLD_MAX = 50;

    /**
     * Whose readers an edition is for.
     *
     * @param edition the one that is composed; 0 for a preview
     * @param cadence absent: readers of every cadence
     */
    record Asked(
            NewsletterId newsletter,
            EditionId edition,
            @Nullable String cadence,
            Instant asOf) {
        static Asked of(Edition edition) {
            return new Asked(edition.newsletter(), edition.id(), edition.readersOf(), edition.asOf());
        }
    }

    /**
     * What was taken back since an edition of this newsletter mailed it to readers of this cadence, and no edition told them; the earliest first. An
     * edition that reached nobody told nobody. Readers of another cadence are told by an edition of theirs.
     */
    List<Retraction> due(Tx tx, Asked asked) {
        // Editions first, then whether one delivery reached somebody: an edition may have as many variants as readers.
        return tx.query("""
                        select held.id, held.title, held.language, held.standing_why, min(e.slot_at) as mailed_at
                        from (
                          select distinct r.id, r.title, r.language, r.standing_why, r.standing_at, told.id as told_id, v.edition_id
                          from article r
                          join article told on told.id = r.id or told.joined_to = r.id
                          join variant_article a on a.article_id = told.id and a.shown
                          join variant v on v.id = a.variant_id
                          where r.standing <> 'open' and r.standing = 'retracted' and r.standing_at > :since
                        ) held
                        join edition e on e.id = held.edition_id
                        where e.newsletter_id = :newsletter and e.id <> :edition
                          and (:everyone or e.cadence in (:cadence, :byHand))
                          and exists (
                            select 1
                            from delivery d
                            join variant_article a on a.variant_id = d.variant_id
                            where d.edition_id = e.id and a.article_id = held.told_id and a.shown
                              and d.state in ('queued', 'claimed', 'sending', 'accepted', 'deferred', 'unknown', 'held'))
                          and not exists (
                            select 1
                            from edition_retraction n
                            join edition x on x.id = n.edition_id
                            where n.article_id = held.id and x.newsletter_id = e.newsletter_id and x.id <> :edition
                              and x.cadence in (e.cadence, :cadence, :byHand)
                              and (x.state = 'composing' or exists (
                                select 1 from delivery y
                                where y.edition_id = x.id
                                  and y.state in ('queued', 'claimed', 'sending', 'accepted', 'deferred', 'unknown', 'held'))))
                        group by held.id, held.title, held.language, held.standing_why, held.standing_at
                        order by held.standing_at, held.id
                        limit :limit
                        """)
                .bind("since", asked.asOf().minus(TOLD).toEpochMilli())
                .bind("newsletter", asked.newsletter().value())
                .bind("edition", asked.edition().value())
                .bind("everyone", asked.cadence() == null)
                .bind("cadence", asked.cadence() == null ? CadenceDefinition.BY_HAND : asked.cadence())
                .bind("byHand", CadenceDefinition.BY_HAND)
                .bind("limit", TOLD_MAX)
                .map((row, context) -> retraction(row))
                .list();
    }

    /** The edition tells of what is due; what it had before stays. Under the turn of composing, so that no two editions take the same. */
    void plan(Tx tx, Edition edition) {
        List<Retraction> due = due(tx, Asked.of(edition));
        if (due.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("""
                insert into edition_retraction (edition_id, article_id, mailed_at)
                values (:edition, :article, :mailed)
                on conflict (edition_id, article_id) do nothing
                """);
        for (Retraction one : due) {
            batch.bind("edition", edition.id().value())
                    .bind("article", one.article().value())
                    .bind("mailed", one.mailed().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** What an edition tells, the earliest first. */
    List<Retraction> of(Tx tx, EditionId edition) {
        return tx.query("""
                        select r.id, r.title, r.language, r.standing_why, n.mailed_at
                        from edition_retraction n
                        join article r on r.id = n.article_id
                        where n.edition_id = :edition
                        order by r.standing_at, r.id
                        """)
                .bind("edition", edition.value())
                .map((row, context) -> retraction(row))
                .list();
    }

    private static Retraction retraction(ResultSet row) throws SQLException {
        return new Retraction(
                new ArticleId(row.getLong("id")),
                row.getString("title"),
                row.getString("language"),
                Instant.ofEpochMilli(row.getLong("mailed_at")),
                row.getString("standing_why"));
    }
}
