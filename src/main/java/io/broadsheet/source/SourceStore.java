package io.broadsheet.source;

import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Sources: their definitions, and what is remembered between two visits. Safe for several threads, because it keeps nothing. */
public final class SourceStore {
    private static final String COLUMNS = """
            select id, definition, provisioned, created_at, closed_at, etag, last_modified, body_fingerprint, learned_url, moving_url, moving_since_at, moving_visits,
              established_at, collected_at, next_at, paused_at, failures, error, guid_known, guid_changed, guid_shared, news_visits,
              news_sum, news_usual
            from source
            """;

    private final Ids ids;
    private final HubStore hubs = new HubStore();

    public SourceStore(Ids ids) {
        this.ids = ids;
    }

    /**
     * Makes the source, or gives it this definition and opens it again. A source that is new, or reads otherwise than before, is due at once; one
     * that is read from another place forgets what the old place answered. All else of its running state stays.
     *
     * @return whether anything changed
     */
    public boolean put(Tx tx, SourceDefinition definition, boolean provisioned, Instant now) {
        Optional<Source> before = find(tx, definition.name());
        if (before.isEmpty()) {
            insert(tx, definition, provisioned, now);
            return true;
        }
        Source old = before.get();
        boolean same = old.definition().equals(definition) && old.closed() == null;
        if (same && old.provisioned() == provisioned) {
            return false;
        }
        boolean moved = !Objects.equals(old.definition().url(), definition.url())
                || !Objects.equals(old.definition().path(), definition.path());
        tx.update("""
                        update source set definition = :definition, provisioned = :provisioned, closed_at = null, next_at = :next
                        where id = :id
                        """)
                .bind("id", old.id().value())
                .bind("definition", Json.write(definition))
                .bind("provisioned", provisioned)
                .bind("next", next(definition, same ? old.next() : now).toEpochMilli())
                .execute();
        if (moved || old.definition().kind() != definition.kind()) {
            remember(tx, old.id(), FetchState.NEW);
            hubs.leave(tx, old.id(), now);
        }
        if (old.definition().isVisited() != definition.isVisited()) {
            establish(tx, old.id(), definition.isVisited() ? null : now);
        }
        return true;
    }

    /** What is posted was never anybody's back catalogue; what a place shows when it is visited for the first time is. */
    private static void establish(Tx tx, SourceId id, @Nullable Instant at) {
        tx.update("update source set established_at = :at where id = :id")
                .bind("id", id.value())
                .bind("at", at == null ? null : at.toEpochMilli())
                .execute();
    }

    private static Instant next(SourceDefinition definition, Instant due) {
        return definition.isVisited() ? due : Source.NEVER;
    }

    private void insert(Tx tx, SourceDefinition definition, boolean provisioned, Instant now) {
        tx.update("""
                        insert into source (id, name, definition, provisioned, created_at, established_at, next_at)
                        values (:id, :name, :definition, :provisioned, :now, :established, :next)
                        """)
                .bind("id", ids.next())
                .bind("name", definition.name())
                .bind("definition", Json.write(definition))
                .bind("provisioned", provisioned)
                .bind("now", now.toEpochMilli())
                .bind("established", definition.isVisited() ? null : now.toEpochMilli())
                .bind("next", next(definition, now).toEpochMilli())
                .execute();
    }

    /** Ends its visits; its articles stay. Answers whether it was open. */
    public boolean close(Tx tx, String name, Instant now) {
        find(tx, name).ifPresent(source -> hubs.leave(tx, source.id(), now));
        return tx.update("update source set closed_at = :now where name = :name and closed_at is null")
                        .bind("name", name)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    public Optional<Source> find(Tx tx, String name) {
        return sources(tx.query(COLUMNS + "where name = :name").bind("name", name))
                .findOne();
    }

    public Optional<Source> find(Tx tx, SourceId id) {
        return sources(tx.query(COLUMNS + "where id = :id").bind("id", id.value()))
                .findOne();
    }

    /**
     * Sources of these ids, which nobody else changes until this transaction ends. They are locked in the order of their names, as applying files does:
     * two that lock the same rows in other orders wait for one another.
     */
    public List<Source> held(Tx tx, Collection<SourceId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Query query = tx.query(
                COLUMNS + "where id in (<ids>) order by name " + tx.dialect().rowLock());
        return sources(query.bindList("ids", ids.stream().map(SourceId::value).toList()))
                .list();
    }

    /** Those that are collected, by name: as many as admins defined. */
    public List<Source> open(Tx tx) {
        return sources(tx.query(COLUMNS + "where closed_at is null order by name"))
                .list();
    }

    /** Closed ones too, by name: their articles are still selected by them. */
    public List<Source> all(Tx tx) {
        return sources(tx.query(COLUMNS + "order by name")).list();
    }

    /** The open ones whose next visit is due, longest due first. */
    public List<Source> due(Tx tx, Instant now, int limit) {
        return sources(tx.query(
                                COLUMNS
                                        + "where closed_at is null and paused_at is null and next_at <= :now order by next_at, id limit :limit")
                        .bind("now", now.toEpochMilli())
                        .bind("limit", limit))
                .list();
    }

    /** When the next visit to an open source is due; absent when none is ever. */
    public Optional<Instant> nextDue(Tx tx) {
        return tx.query("""
                        select next_at from source where closed_at is null and paused_at is null and next_at < :never
                        order by next_at limit 1
                        """)
                .bind("never", Source.NEVER.toEpochMilli())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** A visit went well: what it taught is remembered, and from the first such visit on the source is established. */
    public void collected(Tx tx, SourceId id, FetchState state, Instant now, Instant next) {
        tx.update("""
                        update source set collected_at = :now, established_at = coalesce(established_at, :now), next_at = :next,
                          failures = 0, error = null
                        where id = :id
                        """)
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .bind("next", next.toEpochMilli())
                .execute();
        remember(tx, id, state);
    }

    /** A visit went well, and the next ones bring more of the back catalogue: until then the source is not established. */
    public void goesOn(Tx tx, SourceId id, FetchState state, Instant now, Instant next) {
        tx.update("update source set collected_at = :now, next_at = :next, failures = 0, error = null where id = :id")
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .bind("next", next.toEpochMilli())
                .execute();
        remember(tx, id, state);
    }

    /** Ends its visits until it is resumed. Answers whether it was not paused before. */
    boolean pause(Tx tx, SourceId id, Instant now) {
        boolean paused = tx.update("update source set paused_at = :now where id = :id and paused_at is null")
                        .bind("id", id.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (paused) {
            hubs.leave(tx, id, now);
        }
        return paused;
    }

    /**
     * Has it visited again, at once and whole, so that its hub is found anew, and forgets how often it failed. Answers whether it was paused, or visited
     * more seldom because it failed.
     */
    boolean resume(Tx tx, SourceId id, Instant now) {
        return tx.update("""
                                update source set paused_at = null, next_at = :now, failures = 0, etag = null, last_modified = null,
                                  body_fingerprint = null
                                where id = :id and (paused_at is not null or failures > 0)
                                """)
                        .bind("id", id.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Its articles came to us: what visits left behind, and when the next one is due, stays. */
    public void brought(Tx tx, SourceId id, Instant now) {
        tx.update("update source set collected_at = :now where id = :id")
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** A visit failed; what is known of the source stays. */
    public void failed(Tx tx, SourceId id, String error, Instant next) {
        tx.update("update source set failures = failures + 1, error = :error, next_at = :next where id = :id")
                .bind("id", id.value())
                .bind("error", error)
                .bind("next", next.toEpochMilli())
                .execute();
    }

    /** Brings its next visit forward to this instant, if it is visited at all. */
    void dueAt(Tx tx, SourceId id, Instant due) {
        tx.update("update source set next_at = :due where id = :id and next_at > :due and next_at < :never")
                .bind("id", id.value())
                .bind("due", due.toEpochMilli())
                .bind("never", Source.NEVER.toEpochMilli())
                .execute();
    }

    /** Adds what one visit taught about its identifiers. */
    public void learn(Tx tx, SourceId id, GuidTrust more) {
        if (more.equals(GuidTrust.NEW)) {
            return;
        }
        tx.update("""
                        update source set guid_known = guid_known + :known, guid_changed = guid_changed + :changed,
                          guid_shared = (guid_shared or :shared)
                        where id = :id
                        """)
                .bind("id", id.value())
                .bind("known", more.known())
                .bind("changed", more.changed())
                .bind("shared", more.shared())
                .execute();
    }

    /** How many new articles it usually brings, now that one more visit has. */
    public void brought(Tx tx, SourceId id, NewsRate news) {
        tx.update("""
                        update source set news_visits = :visits, news_sum = :sum, news_usual = :usual where id = :id
                        """)
                .bind("id", id.value())
                .bind("visits", news.visits())
                .bind("sum", news.sum())
                .bind("usual", news.usual())
                .execute();
    }

    private static void remember(Tx tx, SourceId id, FetchState state) {
        Moving moving = state.moving();
        tx.update("""
                        update source set etag = :etag, last_modified = :modified, body_fingerprint = :fingerprint, learned_url = :url,
                          moving_url = :moving, moving_since_at = :since, moving_visits = :visits
                        where id = :id
                        """)
                .bind("id", id.value())
                .bind("etag", state.etag())
                .bind("modified", state.lastModified())
                .bind("fingerprint", state.fingerprint())
                .bind("url", state.url())
                .bind("moving", moving == null ? null : moving.url())
                .bindByType("since", moving == null ? null : moving.since().toEpochMilli(), Long.class)
                .bind("visits", moving == null ? 0 : moving.visits())
                .execute();
    }

    private static ResultIterable<Source> sources(Query query) {
        return query.map((row, context) -> source(row));
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(
                new SourceId(row.getLong("id")),
                Json.read(row.getString("definition"), SourceDefinition.class),
                row.getBoolean("provisioned"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "closed_at"),
                new FetchState(
                        row.getString("etag"),
                        row.getString("last_modified"),
                        row.getString("body_fingerprint"),
                        row.getString("learned_url"),
                        moving(row)),
                instant(row, "established_at"),
                instant(row, "collected_at"),
                Instant.ofEpochMilli(row.getLong("next_at")),
                instant(row, "paused_at"),
                row.getInt("failures"),
                row.getString("error"),
                new GuidTrust(row.getLong("guid_known"), row.getLong("guid_changed"), row.getBoolean("guid_shared")),
                new NewsRate(row.getLong("news_visits"), row.getLong("news_sum"), row.getDouble("news_usual")));
    }

    private static @Nullable Moving moving(ResultSet row) throws SQLException {
        String url = row.getString("moving_url");
        Instant since = instant(row, "moving_since_at");
        return url == null || since == null ? null : new Moving(url, since, row.getInt("moving_visits"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long ms = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(ms);
    }
}
