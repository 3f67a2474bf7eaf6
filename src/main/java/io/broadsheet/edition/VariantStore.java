package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.Candidate;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The distinct article lists of editions; with the deliveries beside them, the memory of who had what. */
public final class VariantStore {
    /** Values in one statement; PostgreSQL takes 65,535 and SQLite 32,766. */
    private static final int VALUES_MAX = 5_000;

    private final Ids ids;

    public VariantStore(Ids ids) {
        this.ids = ids;
    }

    /** The edition's variant with this fingerprint, written down now unless it is there. */
    VariantId put(Tx tx, EditionId edition, Share share, int maximum) {
        Optional<VariantId> known = find(tx, edition, share.fingerprint());
        if (known.isPresent()) {
            return known.get();
        }
        VariantId id = new VariantId(ids.next());
        tx.update("""
                        insert into variant (id, edition_id, fingerprint, language)
                        values (:id, :edition, :fingerprint, :language)
                        """)
                .bind("id", id.value())
                .bind("edition", edition.value())
                .bind("fingerprint", share.fingerprint())
                .bind("language", share.language())
                .execute();
        PreparedBatch batch = tx.batch("""
                insert into variant_article (variant_id, article_id, position, shown)
                values (:variant, :article, :position, :shown)
                """);
        for (int position = 0; position < share.articles().size(); position++) {
            batch.bind("variant", id.value())
                    .bind("article", share.articles().get(position).value())
                    .bind("position", position)
                    .bind("shown", position < maximum)
                    .add();
        }
        batch.execute();
        return id;
    }

    private static Optional<VariantId> find(Tx tx, EditionId edition, String fingerprint) {
        return tx.query("select id from variant where edition_id = :edition and fingerprint = :fingerprint")
                .bind("edition", edition.value())
                .bind("fingerprint", fingerprint)
                .mapTo(Long.class)
                .findOne()
                .map(VariantId::new);
    }

    /** Takes back what a killed process wrote, no more than {@code limit} variants; answers how many. Their deliveries must be gone. */
    int drop(Tx tx, EditionId edition, int limit) {
        List<Long> some = tx.query("select id from variant where edition_id = :edition order by id limit :limit")
                .bind("edition", edition.value())
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        if (some.isEmpty()) {
            return 0;
        }
        tx.update("delete from variant_article where variant_id in (<some>)")
                .bindList("some", some)
                .execute();
        return tx.update("delete from variant where id in (<some>)")
                .bindList("some", some)
                .execute();
    }

    /** A variant as rendering needs it: what is shown, in order, and how many more there are. */
    record Variant(VariantId id, @Nullable String language, List<ArticleId> shown, int more) {}

    Optional<Variant> find(Tx tx, VariantId id) {
        Map<Boolean, List<ArticleId>> articles = new HashMap<>();
        tx.query("select article_id, shown from variant_article where variant_id = :variant order by position")
                .bind("variant", id.value())
                .map((row, context) -> Map.entry(row.getBoolean("shown"), new ArticleId(row.getLong("article_id"))))
                .forEach(one -> articles.computeIfAbsent(one.getKey(), shown -> new ArrayList<>())
                        .add(one.getValue()));
        return tx.query("select language from variant where id = :variant")
                .bind("variant", id.value())
                .map((row, context) -> new Variant(
                        id,
                        row.getString("language"),
                        articles.getOrDefault(true, List.of()),
                        articles.getOrDefault(false, List.of()).size()))
                .findOne();
    }

    /** The variant that was written down first. */
    Optional<VariantId> first(Tx tx, EditionId edition) {
        return tx.query("select id from variant where edition_id = :edition order by id limit 1")
                .bind("edition", edition.value())
                .mapTo(Long.class)
                .findOne()
                .map(VariantId::new);
    }

    /** How many variants an edition has, and how many distinct articles they hold. */
    public Extent extent(Tx tx, EditionId edition) {
        return tx.query("""
                        select count(distinct v.id) as variants, count(distinct a.article_id) as articles
                        from variant v
                        join variant_article a on a.variant_id = v.id
                        where v.edition_id = :edition
                        """)
                .bind("edition", edition.value())
                .map((row, context) -> new Extent(row.getInt("variants"), row.getInt("articles")))
                .one();
    }

    /** The distinct articles of an edition's variants, newest first; composing limits how many there can be. */
    public List<ArticleId> articles(Tx tx, EditionId edition) {
        return tx.query("""
                        select distinct a.article_id
                        from variant v
                        join variant_article a on a.variant_id = v.id
                        where v.edition_id = :edition
                        order by a.article_id desc
                        """)
                .bind("edition", edition.value())
                .mapTo(Long.class)
                .map(ArticleId::new)
                .list();
    }

    /** How much an edition holds. */
    public record Extent(int variants, int articles) {}

    /** Other editions, of any newsletter, that hold one of these articles, or one that was joined to it. */
    Set<EditionId> holding(Tx tx, Collection<ArticleId> articles, EditionId except) {
        Set<EditionId> editions = new TreeSet<>();
        for (List<Long> some : parts(articles, ArticleId::value)) {
            tx.query("""
                            select distinct v.edition_id
                            from variant_article a
                            join variant v on v.id = a.variant_id
                            where (a.article_id in (<articles>)
                                or a.article_id in (select id from article where joined_to in (<articles>)))
                              and v.edition_id <> :except
                            """)
                    .bindList("articles", some)
                    .bind("except", except.value())
                    .mapTo(Long.class)
                    .forEach(id -> editions.add(new EditionId(id)));
        }
        return editions;
    }

    /** Who got which variant, or didn't. */
    record Given(SubscriberId subscriber, VariantId variant) {}

    /**
     * What subscribers from one id to another had, or are about to have, of these editions: accepted, perhaps accepted, or on its way. Refused,
     * cancelled and suppressed ones never reached anybody.
     */
    List<Given> had(Tx tx, Collection<EditionId> editions, SubscriberId first, SubscriberId last) {
        List<Given> had = new ArrayList<>();
        for (List<Long> some : parts(editions, EditionId::value)) {
            tx.query("""
                            select subscriber_id, variant_id
                            from delivery
                            where edition_id in (<editions>) and subscriber_id between :first and :last
                              and state in ('queued', 'claimed', 'sending', 'accepted', 'deferred', 'unknown', 'held')
                            """)
                    .bindList("editions", some)
                    .bind("first", first.value())
                    .bind("last", last.value())
                    .map((row, context) -> new Given(
                            new SubscriberId(row.getLong("subscriber_id")), new VariantId(row.getLong("variant_id"))))
                    .forEach(had::add);
        }
        return had;
    }

    /** What never reached a subscriber, of which newsletter, and as of when it was composed. */
    record Missed(SubscriberId subscriber, VariantId variant, NewsletterId newsletter, Instant composed) {}

    /** What never reached subscribers from one id to another, of any newsletter's editions since an instant. */
    List<Missed> missed(Tx tx, Instant since, SubscriberId first, SubscriberId last) {
        return tx.query("""
                        select d.subscriber_id, d.variant_id, e.newsletter_id, e.as_of_at
                        from delivery d
                        join edition e on e.id = d.edition_id
                        where d.subscriber_id between :first and :last and d.state in ('refused', 'cancelled', 'suppressed')
                          and e.as_of_at > :since
                        """)
                .bind("first", first.value())
                .bind("last", last.value())
                .bind("since", since.toEpochMilli())
                .map((row, context) -> new Missed(
                        new SubscriberId(row.getLong("subscriber_id")),
                        new VariantId(row.getLong("variant_id")),
                        new NewsletterId(row.getLong("newsletter_id")),
                        Instant.ofEpochMilli(row.getLong("as_of_at"))))
                .list();
    }

    /** The articles of these variants, which carry when they were collected as the instant of their eligibility; in no order. */
    Map<VariantId, List<Candidate>> articles(Tx tx, Collection<VariantId> variants) {
        Map<VariantId, List<Candidate>> articles = new HashMap<>();
        for (List<Long> some : parts(variants, VariantId::value)) {
            tx.query("""
                            select v.variant_id, coalesce(a.joined_to, a.id) as article_id, a.collected_at, a.language
                            from variant_article v
                            join article a on a.id = v.article_id
                            where v.variant_id in (<variants>)
                            """)
                    .bindList("variants", some)
                    .map((row, context) -> Map.entry(
                            new VariantId(row.getLong("variant_id")),
                            new Candidate(
                                    new ArticleId(row.getLong("article_id")),
                                    Instant.ofEpochMilli(row.getLong("collected_at")),
                                    row.getString("language"))))
                    .forEach(one -> articles.computeIfAbsent(one.getKey(), id -> new ArrayList<>())
                            .add(one.getValue()));
        }
        return articles;
    }

    private static <T> List<List<Long>> parts(Collection<T> ids, ToLongFunction<T> value) {
        List<Long> all = ids.stream().map(value::applyAsLong).toList();
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += VALUES_MAX) {
            parts.add(all.subList(from, Math.min(from + VALUES_MAX, all.size())));
        }
        return parts;
    }
}
