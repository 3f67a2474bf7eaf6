package io.broadsheet.newsletter;

import io.broadsheet.config.Nearest;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Newsletters and their cadences. A closed newsletter stays, for its editions and subscriptions; it sends nothing. */
public final class NewsletterStore {
    private static final String COLUMNS = "id, definition, provisioned, created_at, closed_at";

    private final Ids ids;

    public NewsletterStore(Ids ids) {
        this.ids = ids;
    }

    /**
     * Adds or changes a newsletter, opens it again if it was closed, and keeps its cadences beside it. Safe to repeat: a cadence's {@code since}
     * moves only when it is new, its cron or zone changed, or the newsletter was closed or paused until now.
     */
    public NewsletterId put(Tx tx, NewsletterDefinition definition, boolean provisioned, Instant now) {
        Optional<Newsletter> known = find(tx, definition.name());
        NewsletterId id = known.map(Newsletter::id).orElseGet(() -> new NewsletterId(ids.next()));
        tx.update("""
                        insert into newsletter (id, name, definition, provisioned, created_at)
                        values (:id, :name, :definition, :provisioned, :now)
                        on conflict (id) do update set
                          definition = excluded.definition, provisioned = excluded.provisioned, closed_at = null
                        """)
                .bind("id", id.value())
                .bind("name", definition.name())
                .bind("definition", Json.write(definition))
                .bind("provisioned", provisioned)
                .bind("now", now.toEpochMilli())
                .execute();
        boolean enabledAgain = known.isPresent() && !known.get().isRunning() && !definition.paused();
        putCadences(tx, id, definition.cadences(), enabledAgain, now);
        return id;
    }

    private void putCadences(
            Tx tx, NewsletterId id, List<CadenceDefinition> cadences, boolean enabledAgain, Instant now) {
        Map<String, String> gone = schedules(tx, id);
        for (CadenceDefinition cadence : cadences) {
            @Nullable String before = gone.remove(cadence.name());
            String schedule = schedule(cadence);
            if (enabledAgain || !schedule.equals(before)) {
                tx.update("""
                                insert into cadence (newsletter_id, name, schedule, since_at)
                                values (:newsletter, :name, :schedule, :now)
                                on conflict (newsletter_id, name) do update set
                                  schedule = excluded.schedule, since_at = excluded.since_at
                                """)
                        .bind("newsletter", id.value())
                        .bind("name", cadence.name())
                        .bind("schedule", schedule)
                        .bind("now", now.toEpochMilli())
                        .execute();
            }
        }
        for (String name : gone.keySet()) {
            tx.update("delete from cadence where newsletter_id = :newsletter and name = :name")
                    .bind("newsletter", id.value())
                    .bind("name", name)
                    .execute();
        }
    }

    /** Closes a newsletter whose definition is gone; answers whether it was open. */
    public boolean close(Tx tx, String name, Instant now) {
        return tx.update("update newsletter set closed_at = :now where name = :name and closed_at is null")
                        .bind("now", now.toEpochMilli())
                        .bind("name", name)
                        .execute()
                == 1;
    }

    /** By name, open or closed. */
    public Optional<Newsletter> find(Tx tx, String name) {
        return tx.query("select " + COLUMNS + " from newsletter where name = :name")
                .bind("name", name)
                .map((row, context) -> newsletter(row))
                .findOne();
    }

    /**
     * An open newsletter.
     *
     * @throws UserError when there is none of this name, or it is closed
     */
    public Newsletter get(Tx tx, String name) {
        Optional<Newsletter> found = find(tx, name);
        if (found.isEmpty()) {
            List<String> known = open(tx).stream().map(Newsletter::name).toList();
            throw new UserError(
                    "newsletter '" + Safe.text(name) + "': there is none of this name" + Nearest.mend(name, known));
        }
        if (found.get().closed() != null) {
            throw new UserError("newsletter " + name + ": it is closed; add it to config/newsletters.yml again");
        }
        return found.get();
    }

    /** By id, open or closed. */
    public Optional<Newsletter> find(Tx tx, NewsletterId id) {
        return tx.query("select " + COLUMNS + " from newsletter where id = :id")
                .bind("id", id.value())
                .map((row, context) -> newsletter(row))
                .findOne();
    }

    /** All that are open, by name. As many as config defines, so a list. */
    public List<Newsletter> open(Tx tx) {
        return tx.query("select " + COLUMNS + " from newsletter where closed_at is null order by name")
                .map((row, context) -> newsletter(row))
                .list();
    }

    /** The newsletter's cadences in the order of its definition. */
    public List<Cadence> cadences(Tx tx, Newsletter newsletter) {
        Map<String, Instant> since = new HashMap<>();
        tx.query("select name, since_at from cadence where newsletter_id = :newsletter")
                .bind("newsletter", newsletter.id().value())
                .map((row, context) -> since.put(row.getString("name"), Instant.ofEpochMilli(row.getLong("since_at"))))
                .list();
        List<Cadence> cadences = new ArrayList<>();
        for (CadenceDefinition definition : newsletter.definition().cadences()) {
            @Nullable Instant at = since.get(definition.name());
            if (at != null) {
                cadences.add(new Cadence(newsletter.id(), definition, at));
            }
        }
        return cadences;
    }

    private static Map<String, String> schedules(Tx tx, NewsletterId id) {
        Map<String, String> schedules = new HashMap<>();
        tx.query("select name, schedule from cadence where newsletter_id = :newsletter")
                .bind("newsletter", id.value())
                .map((row, context) -> schedules.put(row.getString("name"), row.getString("schedule")))
                .list();
        return schedules;
    }

    /** What decides a cadence's slots; a change of it makes earlier slots no longer due. */
    private static String schedule(CadenceDefinition cadence) {
        String zone = cadence.timeZone() == null ? "site" : cadence.timeZone().getId();
        return (cadence.isEach() ? CadenceDefinition.EACH : cadence.cron())
                + " in "
                + (cadence.readerZone() ? "reader or " : "")
                + zone;
    }

    private static Newsletter newsletter(ResultSet row) throws SQLException {
        long closed = row.getLong("closed_at");
        @Nullable Instant closedAt = row.wasNull() ? null : Instant.ofEpochMilli(closed);
        return new Newsletter(
                new NewsletterId(row.getLong("id")),
                Json.read(row.getString("definition"), NewsletterDefinition.class),
                row.getBoolean("provisioned"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                closedAt);
    }
}
