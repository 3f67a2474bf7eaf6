package io.broadsheet.article;

import io.broadsheet.article.CandidateStore.Shown;
import io.broadsheet.db.FactStore;
import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import io.broadsheet.source.Enclosure;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Articles, their earlier wordings, and which of them a selection holds. Safe for several threads, because it keeps nothing. */
public final class ArticleStore {
    /** The turn of all that decides which story is which, and when it became news. Any number serves that no other work uses. */
    private static final long TURN = 0x41525449434C4531L;

    /** The fact that says up to which instant editions were composed. */
    private static final String SETTLED = "articles-as-of";
    /** The fact that tells other processes that articles changed. */
    private static final String CHANGED = "articles-changed";

    /** Of one selection: feeds must stay small. */
    private static final int RETRACTED_MAX = 100;

    /** Of all selections: nobody takes back more in a season. */
    private static final int RETRACTED_SEEN_MAX = 5_000;

    private static final int RETRACTED_PAGE = 500;

    private final SourceStore sources;
    private final CandidateStore candidates = new CandidateStore();

    private final FactStore facts = new FactStore();
    private final StandingStore standings = new StandingStore();

    public ArticleStore(SourceStore sources) {
        this.sources = sources;
    }

    public Optional<Article> find(Tx tx, ArticleId id) {
        return list(tx, List.of(id)).stream().findFirst();
    }

    /** These articles in this order; unknown ids are left out. */
    public List<Article> list(Tx tx, List<ArticleId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<ArticleId, Set<SourceId>> shownBy = shownBy(tx, ids);
        Map<SourceId, Source> known = sources.all(tx).stream().collect(Collectors.toMap(Source::id, source -> source));
        Map<ArticleId, Article> byId = new HashMap<>();
        tx.query("""
                        select id, url, title, author, unit, dateline, language, summary, content, categories, enclosures,
                          published_at, date_from, updated_at, collected_at, ordered_at, revisions
                        from article
                        where id in (<ids>)
                        """)
                .bindList("ids", ids.stream().map(ArticleId::value).toList())
                .map((row, context) -> {
                    Set<SourceId> by = shownBy.getOrDefault(new ArticleId(row.getLong("id")), Set.of());
                    return article(
                            row,
                            by.stream().map(known::get).filter(Objects::nonNull).toList());
                })
                .forEach(article -> byId.put(article.id(), article));
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    /** The newest articles of a selection in feed order: min(published, collected) descending, then id descending. */
    public List<Article> newest(Tx tx, Selection selection, int size) {
        return list(tx, candidates(tx, selection).newest(size));
    }

    /**
     * Articles that became news for a selection after one instant and up to another, newest first. An article becomes news when the first sighting
     * does that matches the selection's sources and tags.
     */
    public List<Candidate> eligible(Tx tx, Selection selection, Instant after, Instant upTo, int limit) {
        return candidates(tx, selection).eligible(after, upTo, limit);
    }

    /** The newest articles of a selection that were never news for it, in feed order; they count as eligible when they were collected. */
    public List<Candidate> eligibleBacklog(Tx tx, Selection selection, int newest) {
        return candidates(tx, selection).backlog(newest);
    }

    /** Which of these a selection holds, news or not. */
    public Set<ArticleId> among(Tx tx, Selection selection, Collection<ArticleId> articles) {
        return candidates(tx, selection).among(articles);
    }

    private Candidates candidates(Tx tx, Selection selection) {
        return new Candidates(candidates, tx, selection, sources.all(tx));
    }

    /**
     * The instant up to which an edition may hold what is news: now, or a little later. All that is eligible by then can be seen from this
     * transaction on, and nothing becomes eligible at or before it afterwards, so that no article falls between two editions. To be called in the
     * writing transaction that begins an edition, which waits for what is being collected and makes the next collecting wait: keep it short.
     */
    public Instant asOf(Tx tx, Instant now) {
        tx.dialect().takeTurn(tx, TURN);
        long asOfMs = Math.max(now.toEpochMilli(), settledMs(tx));
        facts.put(tx, SETTLED, Long.toString(asOfMs), now);
        return Instant.ofEpochMilli(asOfMs);
    }

    /** Waits until this is the only transaction that takes articles in, and answers when those it takes in are eligible. */
    Instant takeTurn(Tx tx, Instant now) {
        tx.dialect().takeTurn(tx, TURN);
        return Instant.ofEpochMilli(Math.max(now.toEpochMilli(), settledMs(tx) + 1));
    }

    private long settledMs(Tx tx) {
        return facts.find(tx, SETTLED).map(Long::parseLong).orElse(0L);
    }

    /** Where an article stands; nothing for one that never was. */
    public Optional<Standing> standing(Tx tx, ArticleId id) {
        return standings.find(tx, id);
    }

    /** Articles of a selection that were taken back since an instant, the latest first, a hundred at most. */
    public List<Retracted> retracted(Tx tx, Selection selection, Instant since) {
        List<Retracted> all = standings.retracted(tx, since, RETRACTED_SEEN_MAX);
        List<Retracted> found = new ArrayList<>();
        for (int from = 0; from < all.size() && found.size() < RETRACTED_MAX; from += RETRACTED_PAGE) {
            List<Retracted> page = all.subList(from, Math.min(from + RETRACTED_PAGE, all.size()));
            Set<ArticleId> ids = page.stream().map(Retracted::id).collect(Collectors.toSet());
            Set<ArticleId> selected = candidates(tx, selection).withheldAmong(ids);
            page.stream().filter(one -> selected.contains(one.id())).forEach(found::add);
        }
        return found.stream().limit(RETRACTED_MAX).toList();
    }

    /** What is another after each transaction that changed what feeds may show; absent before the first article. */
    public Optional<String> changeMark(Tx tx) {
        return facts.find(tx, CHANGED);
    }

    void markChanged(Tx tx, long mark, Instant now) {
        facts.put(tx, CHANGED, Long.toString(mark), now);
    }

    /** The next articles for a listing, in feed order. */
    List<ListedArticle> page(Tx tx, @Nullable SourceId source, Place after, int limit, String siteUrl) {
        List<Place> places = candidates.places(tx, source == null ? null : List.of(source), after, limit);
        List<ArticleId> ids = places.stream().map(Place::id).toList();
        Map<ArticleId, List<Shown>> sightings = candidates.sightings(tx, ids);
        Map<ArticleId, Standing.Word> standing = standings.words(tx, ids);
        return list(tx, ids).stream()
                .map(article -> ListedArticle.of(
                        article,
                        sightings.getOrDefault(article.id(), List.of()).size(),
                        standing.getOrDefault(article.id(), Standing.Word.OPEN),
                        siteUrl))
                .toList();
    }

    private static Map<ArticleId, Set<SourceId>> shownBy(Tx tx, Collection<ArticleId> ids) {
        Map<ArticleId, Set<SourceId>> shownBy = new HashMap<>();
        tx.query("select article_id, source_id from sighting where article_id in (<ids>) order by id")
                .bindList("ids", ids.stream().map(ArticleId::value).toList())
                .map((row, context) ->
                        Map.entry(new ArticleId(row.getLong("article_id")), new SourceId(row.getLong("source_id"))))
                .forEach(shown -> shownBy.computeIfAbsent(shown.getKey(), id -> new LinkedHashSet<>())
                        .add(shown.getValue()));
        return shownBy;
    }

    private static Article article(ResultSet row, List<Source> by) throws SQLException {
        return new Article(
                new ArticleId(row.getLong("id")),
                row.getString("url"),
                row.getString("title"),
                row.getString("author"),
                row.getString("unit"),
                row.getString("dateline"),
                row.getString("language"),
                row.getString("summary"),
                row.getString("content"),
                List.of(Json.read(row.getString("categories"), String[].class)),
                List.of(Json.read(row.getString("enclosures"), Enclosure[].class)),
                instant(row, "published_at"),
                row.getString("date_from"),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                Instant.ofEpochMilli(row.getLong("collected_at")),
                Instant.ofEpochMilli(row.getLong("ordered_at")),
                by.stream().map(Source::name).toList(),
                by.stream()
                        .flatMap(source -> source.definition().tags().stream())
                        .distinct()
                        .toList(),
                row.getInt("revisions"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }
}
