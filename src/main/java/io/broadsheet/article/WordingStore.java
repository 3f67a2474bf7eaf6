package io.broadsheet.article;

import io.broadsheet.db.Tx;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.json.Json;
import io.broadsheet.source.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** How an article reads: now, in {@code article}; before, in {@code revision}. */
final class WordingStore {
    /**
     * An article to be stored.
     *
     * @param heldWhy what an admin should look at first; absent: it is published
     */
    record Draft(
            ArticleId id,
            Entry entry,
            Wording wording,
            @Nullable String language,
            Instant collected,
            @Nullable String heldWhy) {
        Instant ordered() {
            return Reading.ordered(entry, collected);
        }

        /** As the source says, if that can be; else when it was published. */
        Instant updated() {
            Instant updated = entry.updated();
            return updated == null || updated.isAfter(collected) || updated.isBefore(ordered()) ? ordered() : updated;
        }

        /** Never empty: something must be clicked. */
        String title() {
            String url = entry.url();
            return wording.title().isEmpty() && url != null ? url : wording.title();
        }
    }

    /** What of a stored article decides whether another sighting changes it. */
    record Current(
            String fingerprint,
            @Nullable String url,
            @Nullable String author,
            @Nullable Instant published,
            Instant collected,
            int revisions) {}

    /** Stories as they read now, of articles that others may have been joined to: the id is that of the one that tells it. */
    Map<ArticleId, Told> stories(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, Told> stories = new HashMap<>();
        if (articles.isEmpty()) {
            return stories;
        }
        tx.query("""
                        select id, coalesce(joined_to, id) as told_by, title, content, summary, dateline
                        from article
                        where id in (<articles>)
                        """)
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) -> Map.entry(
                        new ArticleId(row.getLong("id")),
                        new Told(
                                new ArticleId(row.getLong("told_by")),
                                Story.of(
                                        row.getString("title"),
                                        row.getString("content"),
                                        row.getString("summary"),
                                        row.getString("dateline")))))
                .forEach(told -> stories.put(told.getKey(), told.getValue()));
        return stories;
    }

    /** A story, and the article that tells it. */
    record Told(ArticleId by, Story story) {}

    void add(Tx tx, List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("""
                insert into article (id, url, title, author, unit, dateline, language, summary, content, categories,
                  enclosures, published_at, date_from, updated_at, collected_at, ordered_at, fingerprint, sanitiser,
                  standing, standing_why, standing_at)
                values (:id, :url, :title, :author, :unit, :dateline, :language, :summary, :content, :categories,
                  :enclosures, :published, :dateFrom, :updated, :collected, :ordered, :fingerprint, :sanitiser,
                  :standing, :heldWhy, :standingAt)
                """);
        for (Draft draft : drafts) {
            bind(batch, draft)
                    .bind("url", draft.entry().url())
                    .bind("published", ms(draft.entry().published()))
                    .bind(
                            "dateFrom",
                            draft.entry().published() == null
                                    ? null
                                    : draft.entry().dateFrom())
                    .bind("updated", draft.updated().toEpochMilli())
                    .bind("collected", draft.collected().toEpochMilli())
                    .bind("ordered", draft.ordered().toEpochMilli())
                    .bind("standing", draft.heldWhy() == null ? "open" : "held")
                    .bind("heldWhy", draft.heldWhy())
                    .bind(
                            "standingAt",
                            draft.heldWhy() == null ? null : draft.collected().toEpochMilli());
            batch.add();
        }
        batch.execute();
    }

    Map<ArticleId, Current> current(Tx tx, Collection<ArticleId> articles) {
        Map<ArticleId, Current> current = new HashMap<>();
        if (articles.isEmpty()) {
            return current;
        }
        tx.query("""
                        select id, fingerprint, url, author, published_at, collected_at, revisions
                        from article
                        where id in (<articles>)
                        """)
                .bindList("articles", articles.stream().map(ArticleId::value).toList())
                .map((row, context) -> {
                    long published = row.getLong("published_at");
                    Instant publishedOrNull = row.wasNull() ? null : Instant.ofEpochMilli(published);
                    return Map.entry(
                            new ArticleId(row.getLong("id")),
                            new Current(
                                    row.getString("fingerprint"),
                                    row.getString("url"),
                                    row.getString("author"),
                                    publishedOrNull,
                                    Instant.ofEpochMilli(row.getLong("collected_at")),
                                    row.getInt("revisions")));
                })
                .forEach(found -> current.put(found.getKey(), found.getValue()));
        return current;
    }

    /** Keeps the present wording as a revision and puts the new one in its place. Dates of publication, collection and order stay. */
    void revise(Tx tx, Draft draft, Instant now) {
        keep(tx, draft.id(), now);
        bind(tx.update("""
                                update article set title = :title, author = :author, unit = :unit, dateline = :dateline,
                                  language = :language, summary = :summary, content = :content, categories = :categories,
                                  enclosures = :enclosures, updated_at = :now, fingerprint = :fingerprint,
                                  revisions = revisions + 1, sanitiser = :sanitiser
                                where id = :id
                                """), draft).bind("now", now.toEpochMilli()).execute();
    }

    /** Likewise, but headline, byline and unit stay: the text is another source's. */
    void retell(Tx tx, Draft draft, Instant now) {
        keep(tx, draft.id(), now);
        Entry entry = draft.entry();
        tx.update("""
                        update article set summary = coalesce(:summary, summary), content = coalesce(:content, :summary),
                          dateline = coalesce(:dateline, dateline), language = :language, updated_at = :now,
                          fingerprint = :fingerprint, revisions = revisions + 1, sanitiser = :sanitiser
                        where id = :id
                        """)
                .bind("id", draft.id().value())
                .bindByType("summary", entry.summary(), String.class)
                .bindByType("content", entry.content(), String.class)
                .bind("dateline", entry.dateline())
                .bind("language", draft.language())
                .bind("now", now.toEpochMilli())
                .bind("fingerprint", draft.wording().fingerprint())
                .bind("sanitiser", Sanitizer.VERSION)
                .execute();
    }

    /** Headline, byline and unit as the draft has them; the text stays. Answers whether the headline was another, which makes a revision. */
    boolean rehead(Tx tx, Draft draft, Instant now) {
        String title = tx.query("select title from article where id = :id")
                .bind("id", draft.id().value())
                .mapTo(String.class)
                .one();
        boolean another = !title.equals(draft.title());
        if (another) {
            keep(tx, draft.id(), now);
            tx.update("""
                            update article set title = :title, updated_at = :now, revisions = revisions + 1
                            where id = :id
                            """)
                    .bind("id", draft.id().value())
                    .bind("title", draft.title())
                    .bind("now", now.toEpochMilli())
                    .execute();
        }
        tx.update("""
                        update article set author = coalesce(:author, author), unit = coalesce(:unit, unit)
                        where id = :id
                        """)
                .bind("id", draft.id().value())
                .bind("author", draft.entry().author())
                .bind("unit", draft.entry().unit())
                .execute();
        return another;
    }

    private static void keep(Tx tx, ArticleId article, Instant now) {
        tx.update("""
                        insert into revision (article_id, number, title, summary, content, fingerprint, replaced_at)
                        select id, revisions + 1, title, summary, content, fingerprint, :now
                        from article
                        where id = :id
                        """)
                .bind("id", article.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Where the story's page is now. */
    void move(Tx tx, ArticleId article, String url) {
        tx.update("update article set url = :url where id = :id")
                .bind("id", article.value())
                .bind("url", url)
                .execute();
    }

    void nameAuthor(Tx tx, ArticleId article, String author) {
        tx.update("update article set author = :author where id = :id and author is null")
                .bind("id", article.value())
                .bind("author", author)
                .execute();
    }

    /** The first date that any source gives stays. */
    void date(Tx tx, ArticleId article, Instant published, @Nullable String dateFrom, Instant ordered) {
        tx.update("""
                        update article set published_at = :published, date_from = :dateFrom, ordered_at = :ordered
                        where id = :id and published_at is null
                        """)
                .bind("id", article.value())
                .bind("published", published.toEpochMilli())
                .bind("dateFrom", dateFrom)
                .bind("ordered", ordered.toEpochMilli())
                .execute();
    }

    /** Makes another article that reads like one, with a sighting's address and time. */
    void copy(Tx tx, ArticleId from, ArticleId to, Sighting sighting, Instant now) {
        tx.update("""
                        insert into article (id, url, title, author, unit, dateline, language, summary, content, categories,
                          enclosures, published_at, date_from, updated_at, collected_at, ordered_at, fingerprint, sanitiser)
                        select :to, :url, title, author, unit, dateline, language, summary, content, categories, enclosures,
                          published_at, date_from, :now, :seen, ordered_at, :fingerprint, sanitiser
                        from article
                        where id = :from
                        """)
                .bind("from", from.value())
                .bind("to", to.value())
                .bind("url", sighting.url())
                .bind("now", now.toEpochMilli())
                .bind("seen", sighting.seen().toEpochMilli())
                .bind("fingerprint", sighting.fingerprint())
                .execute();
    }

    /** Gives an article the wording of an entry, without a revision: it never read otherwise. */
    void reword(Tx tx, ArticleId article, Entry entry, String fingerprint) {
        // An entry without headline is written as one with none.
        @Nullable String title = entry.title();
        tx.update("""
                        update article set title = coalesce(:title, title), author = :author, unit = :unit,
                          dateline = :dateline, language = coalesce(:language, language), summary = :summary,
                          content = :content, categories = :categories, enclosures = :enclosures, fingerprint = :fingerprint
                        where id = :id
                        """)
                .bind("id", article.value())
                .bind("title", title)
                .bind("author", entry.author())
                .bind("unit", entry.unit())
                .bind("dateline", entry.dateline())
                .bind("language", entry.language())
                .bind("summary", entry.summary())
                .bind("content", entry.content())
                .bind("categories", Json.write(entry.categories()))
                .bind("enclosures", Json.write(entry.enclosures()))
                .bind("fingerprint", fingerprint)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Draft draft) {
        Entry entry = draft.entry();
        return statement
                .bind("id", draft.id().value())
                .bind("title", draft.title())
                .bind("author", entry.author())
                .bind("unit", entry.unit())
                .bind("dateline", entry.dateline())
                .bind("language", draft.language())
                .bind("summary", entry.summary())
                .bind("content", entry.content())
                .bind("categories", Json.write(entry.categories()))
                .bind("enclosures", Json.write(entry.enclosures()))
                .bind("fingerprint", draft.wording().fingerprint())
                .bind("sanitiser", Sanitizer.VERSION);
    }

    private static @Nullable Long ms(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
