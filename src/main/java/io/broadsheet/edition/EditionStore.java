package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.json.Json;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Editions: one a newsletter, cadence and slot. */
public final class EditionStore {
    private static final String SELECT = """
            select id, newsletter_id, definition, cadence, slot_at, state, subject, from_at, as_of_at, by_hand, backlog, node_id, recipients,
                   started_at, ended_at
            from edition
            """;

    private final int holdAbove;

    public EditionStore() {
        this(Integer.MAX_VALUE);
    }

    /** @param holdAbove with more recipients than this, an edition that a slot asked for is held back as soon as it is composed */
    public EditionStore(int holdAbove) {
        this.holdAbove = holdAbove;
    }

    /** Writes a new edition down; answers false when its slot has one already. */
    boolean add(Tx tx, Edition edition) {
        return tx.update("""
                        insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, by_hand, backlog,
                                             node_id, started_at)
                        values (:id, :newsletter, :cadence, :slot, :state, :definition, :from, :asOf, :byHand, :backlog, :node, :started)
                        on conflict (newsletter_id, cadence, slot_at) do nothing
                        """)
                        .bind("id", edition.id().value())
                        .bind("newsletter", edition.newsletter().value())
                        .bind("cadence", edition.cadence())
                        .bind("slot", edition.slot().toEpochMilli())
                        .bind("state", edition.state().word())
                        .bind("definition", Json.write(edition.definition()))
                        .bind("from", edition.from().toEpochMilli())
                        .bind("asOf", edition.asOf().toEpochMilli())
                        .bind("byHand", edition.byHand())
                        .bind("backlog", edition.backlog())
                        .bind("node", edition.node())
                        .bind("started", edition.started().toEpochMilli())
                        .execute()
                == 1;
    }

    /** Takes over the composing of a process that died, with the newsletter as it is defined now; answers false when another was quicker. */
    boolean takeOver(Tx tx, Edition edition, NewsletterDefinition definition, long node) {
        return tx.update("""
                        update edition
                        set node_id = :node, definition = :definition, recipients = 0
                        where id = :id and state = 'composing' and node_id is not distinct from :from
                        """)
                        .bind("node", node)
                        .bind("definition", Json.write(definition))
                        .bind("id", edition.id().value())
                        .bind("from", edition.node())
                        .execute()
                == 1;
    }

    /** Adds to the recipients; answers false when it isn't this node's to compose any more: it was cancelled, or taken over. */
    boolean count(Tx tx, EditionId edition, long node, int recipients) {
        return tx.update("""
                        update edition
                        set recipients = recipients + :recipients
                        where id = :id and state = 'composing' and node_id = :node
                        """)
                        .bind("recipients", recipients)
                        .bind("id", edition.value())
                        .bind("node", node)
                        .execute()
                == 1;
    }

    /** Ends the composing, which makes it visible, or held back if that was asked for meanwhile or it goes to too many; answers false as {@link #count} does. */
    boolean composed(
            Tx tx, EditionId edition, long node, State state, @Nullable String subject, @Nullable Instant ended) {
        return tx.update("""
                        update edition
                        set state = case when :state = 'sending' and (paused_why is not null or not by_hand and recipients > :holdAbove)
                                      then 'paused' else :state end,
                            paused_why = case when :state = 'sending' and paused_why is null and not by_hand and recipients > :holdAbove
                                           then :tooMany else paused_why end,
                            subject = :subject, ended_at = :ended, node_id = null
                        where id = :id and state = 'composing' and node_id = :node
                        """)
                        .bind("state", state.word())
                        .bind("holdAbove", holdAbove)
                        .bind(
                                "tooMany",
                                "more recipients than mail.hold-above (" + holdAbove + ") lets go without an admin")
                        .bind("subject", subject)
                        .bind("ended", ended == null ? null : ended.toEpochMilli())
                        .bind("id", edition.value())
                        .bind("node", node)
                        .execute()
                == 1;
    }

    /** Moves an edition from one state to another; answers whether it was in the first. {@code ended} is absent for states that go on. */
    public boolean move(Tx tx, EditionId edition, State from, State to, @Nullable Instant ended) {
        if (!from.mayBecome(to)) {
            throw new IllegalArgumentException("an edition that is " + from.word() + " never becomes " + to.word());
        }
        return tx.update("""
                        update edition
                        set state = :to, ended_at = :ended
                        where id = :id and state = :from
                        """)
                        .bind("to", to.word())
                        .bind("from", from.word())
                        .bind("ended", ended == null ? null : ended.toEpochMilli())
                        .bind("id", edition.value())
                        .execute()
                == 1;
    }

    /**
     * Holds back an edition that is on its way: no message starts from now on. One that is still composed is held back as soon as it is. Answers false
     * when it was neither.
     *
     * @param why for whoever resumes it, with the mend
     */
    public boolean pause(Tx tx, EditionId edition, String why) {
        return tx.update("""
                        update edition
                        set state = case when state = 'sending' then 'paused' else state end, paused_why = :why
                        where id = :id and state in ('sending', 'composing')
                        """).bind("why", why).bind("id", edition.value()).execute() == 1;
    }

    /** Lets an edition that was held back go on, or one that is still composed go out when it is; answers false when it was not held back. */
    public boolean resume(Tx tx, EditionId edition) {
        return tx.update("""
                        update edition
                        set state = case when state = 'paused' then 'sending' else state end, paused_why = null
                        where id = :id and (state = 'paused' or state = 'composing' and paused_why is not null)
                        """).bind("id", edition.value()).execute() == 1;
    }

    /** Holds back what is on its way, or is composed, of a newsletter; answers how many editions. */
    public int pauseAll(Tx tx, NewsletterId newsletter, String why) {
        int paused = 0;
        for (Edition edition : unfinished(tx)) {
            if (edition.newsletter().equals(newsletter)
                    && edition.state() != State.PAUSED
                    && pause(tx, edition.id(), why)) {
                paused++;
            }
        }
        return paused;
    }

    /** Why it is held back; absent when it isn't. */
    public Optional<String> pausedWhy(Tx tx, EditionId edition) {
        return tx.query("select paused_why from edition where id = :id and paused_why is not null")
                .bind("id", edition.value())
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Marks who sends an edition by hand, so that a second one is told.
     *
     * @param from who was marked before; absent: nobody
     * @return whether it was so, and the edition is on its way
     */
    public boolean hold(Tx tx, EditionId edition, @Nullable Long from, @Nullable Long to) {
        return tx.update("""
                        update edition
                        set node_id = :to
                        where id = :id and state <> 'composing' and node_id is not distinct from :from
                        """)
                        .bind("to", to)
                        .bind("from", from)
                        .bind("id", edition.value())
                        .execute()
                == 1;
    }

    public Optional<Edition> find(Tx tx, EditionId id) {
        return one(tx.query(SELECT + "where id = :id").bind("id", id.value()));
    }

    Optional<Edition> find(Tx tx, NewsletterId newsletter, String cadence, Instant slot) {
        return one(tx.query(SELECT + "where newsletter_id = :newsletter and cadence = :cadence and slot_at = :slot")
                .bind("newsletter", newsletter.value())
                .bind("cadence", cadence)
                .bind("slot", slot.toEpochMilli()));
    }

    /** When the newest slot was that has an edition, whatever became of it. */
    Optional<Instant> newestSlot(Tx tx, NewsletterId newsletter, String cadence) {
        return tx.query("""
                        select slot_at
                        from edition
                        where newsletter_id = :newsletter and cadence = :cadence
                        order by slot_at desc
                        limit 1
                        """)
                .bind("newsletter", newsletter.value())
                .bind("cadence", cadence)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** This instant, or the first after all slots of the cadence. */
    Instant freeSlot(Tx tx, NewsletterId newsletter, String cadence, Instant wanted) {
        return newestSlot(tx, newsletter, cadence)
                .filter(newest -> !newest.isBefore(wanted))
                .map(newest -> newest.plusMillis(1))
                .orElse(wanted);
    }

    /**
     * The editions that were begun before one. What is composed again after a kill must not take those for its forerunners that came meanwhile: they
     * left out what it had dealt.
     *
     * @param id among those of the same instant
     */
    record Before(Instant asOf, long id) {
        static final Before ALL = new Before(Instant.ofEpochMilli(Long.MAX_VALUE), Long.MAX_VALUE);

        private static final String SQL = "(as_of_at, id) < (:beforeAt, :beforeId)";

        private Query bind(Query query) {
            return query.bind("beforeAt", asOf.toEpochMilli()).bind("beforeId", id);
        }
    }

    /** Up to when the articles of a cadence went out: as of its newest edition that went out, or is on its way. */
    Optional<Instant> mailedUpTo(Tx tx, NewsletterId newsletter, String cadence, Before before) {
        return newestAsOf(tx, newsletter, cadence, before, "");
    }

    /** The same of those that a slot asked for. */
    Optional<Instant> scheduledUpTo(Tx tx, NewsletterId newsletter, String cadence, Before before) {
        return newestAsOf(tx, newsletter, cadence, before, "and not by_hand");
    }

    private static Optional<Instant> newestAsOf(
            Tx tx, NewsletterId newsletter, String cadence, Before before, String also) {
        return before.bind(tx.query("""
                                select as_of_at
                                from edition
                                where newsletter_id = :newsletter and cadence = :cadence and state in ('sent', 'sending', 'paused')
                                  and <before> <also>
                                order by as_of_at desc
                                limit 1
                                """).define("before", Before.SQL).define("also", also))
                .bind("newsletter", newsletter.value())
                .bind("cadence", cadence)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** As of when the newest finished edition of a newsletter was, of one cadence or of any. */
    Optional<Instant> finishedUpTo(Tx tx, NewsletterId newsletter, @Nullable String cadence, Before before) {
        Query query = before.bind(tx.query("""
                                select max(as_of_at)
                                from edition
                                where newsletter_id = :newsletter <ofCadence> and state = 'sent' and <before>
                                """)
                        .define("before", Before.SQL)
                        .define("ofCadence", cadence == null ? "" : "and cadence = :cadence"))
                .bind("newsletter", newsletter.value());
        if (cadence != null) {
            query.bind("cadence", cadence);
        }
        return query.mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
    }

    /** The newest editions of a cadence that went out or are on their way, newest first. */
    List<Edition> mailed(Tx tx, NewsletterId newsletter, String cadence, Before before, int limit) {
        return many(before.bind(tx.query(SELECT + """
                                where newsletter_id = :newsletter and cadence = :cadence and state in ('sent', 'sending', 'paused')
                                  and <before>
                                order by as_of_at desc
                                limit :limit
                                """).define("before", Before.SQL))
                .bind("newsletter", newsletter.value())
                .bind("cadence", cadence)
                .bind("limit", limit));
    }

    /** All editions that are on their way: few, as each ends. Oldest first; at most a thousand. */
    public List<Edition> unfinished(Tx tx) {
        return many(tx.query(SELECT + "where state in ('composing', 'sending', 'paused') order by id limit 1000"));
    }

    /** The oldest edition of a cadence that an admin asked for and that hasn't ended. */
    public Optional<Edition> unfinishedByHand(Tx tx, NewsletterId newsletter, String cadence) {
        return unfinished(tx).stream()
                .filter(edition -> edition.byHand()
                        && edition.newsletter().equals(newsletter)
                        && edition.cadence().equals(cadence))
                .findFirst();
    }

    /**
     * The newest editions, newest first.
     *
     * @param newsletter absent: of all newsletters
     */
    List<Edition> newest(Tx tx, @Nullable NewsletterId newsletter, int limit) {
        return many(tx.query(SELECT + """
                        where newsletter_id = :newsletter or :all
                        order by id desc
                        limit :limit
                        """)
                .bind("newsletter", newsletter == null ? 0 : newsletter.value())
                .bind("all", newsletter == null)
                .bind("limit", limit));
    }

    private static Optional<Edition> one(Query query) {
        return query.map((row, context) -> edition(row)).findOne();
    }

    private static List<Edition> many(Query query) {
        return query.map((row, context) -> edition(row)).list();
    }

    private static Edition edition(ResultSet row) throws SQLException {
        long node = row.getLong("node_id");
        @Nullable Long nodeId = row.wasNull() ? null : node;
        long ended = row.getLong("ended_at");
        @Nullable Instant endedAt = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new Edition(
                new EditionId(row.getLong("id")),
                new NewsletterId(row.getLong("newsletter_id")),
                Json.read(row.getString("definition"), NewsletterDefinition.class),
                row.getString("cadence"),
                Instant.ofEpochMilli(row.getLong("slot_at")),
                State.of(row.getString("state")),
                row.getString("subject"),
                Instant.ofEpochMilli(row.getLong("from_at")),
                Instant.ofEpochMilli(row.getLong("as_of_at")),
                row.getBoolean("by_hand"),
                row.getInt("backlog"),
                nodeId,
                row.getLong("recipients"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                endedAt);
    }
}
