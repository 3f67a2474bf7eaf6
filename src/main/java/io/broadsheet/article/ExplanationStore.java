package io.broadsheet.article;

import io.broadsheet.article.Explanation.MailedIn;
import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import java.time.Instant;
import java.util.List;

/** What the rooms after this one did with an article: read here, written there. */
final class ExplanationStore {
    /** What of a feed's or newsletter's definition says which articles it takes. */
    record Selecting(String kind, String name, Selection selection) {}

    private record Select(Selection select) {}

    /** Of all open feeds and newsletters. */
    List<Selecting> selections(Tx tx) {
        return tx.query("""
                        select 'feed' as kind, name, definition from feed where closed_at is null
                        union all
                        select 'newsletter' as kind, name, definition from newsletter where closed_at is null
                        order by kind, name
                        """)
                .map((row, context) -> new Selecting(
                        row.getString("kind"),
                        row.getString("name"),
                        Json.read(row.getString("definition"), Select.class).select()))
                .list();
    }

    /** The editions that hold the article, earliest slot first. */
    List<MailedIn> mailedIn(Tx tx, ArticleId article) {
        return tx.query("""
                        select distinct edition.id, newsletter.name, edition.cadence, edition.slot_at, edition.state
                        from variant_article
                          join variant on variant.id = variant_article.variant_id
                          join edition on edition.id = variant.edition_id
                          join newsletter on newsletter.id = edition.newsletter_id
                        where variant_article.article_id = :article
                        order by edition.slot_at, edition.id
                        """)
                .bind("article", article.value())
                .map((row, context) -> new MailedIn(
                        Long.toString(row.getLong("id")),
                        row.getString("name"),
                        row.getString("cadence"),
                        Instant.ofEpochMilli(row.getLong("slot_at")),
                        row.getString("state")))
                .list();
    }
}
