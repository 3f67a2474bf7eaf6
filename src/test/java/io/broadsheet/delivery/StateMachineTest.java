package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.db.Node;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Every change of state that any SQL makes is one that {@link DeliveryState} and {@link State} list: a trigger in the database writes each down, while
 * whatever an admin, a sender, a mail server and a death can do is done in random order. {@code -Dbroadsheet.seed=N} repeats a walk.
 */
class StateMachineTest {
    private static final int STEPS = Integer.getInteger("broadsheet.steps", 30);
    private static final int READERS = 12;

    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");

    private record Changed(String what, String from, String to) {}

    @OnBothDatabases
    void no_operation_leaves_the_listed_transitions(TestDatabase test) throws Exception {
        long seed = Long.getLong("broadsheet.seed", System.nanoTime());
        Random random = new Random(seed);
        AtomicReference<SmtpSink.Answers> mood = new AtomicReference<>(SmtpSink.YES);
        try (SmtpSink sink = SmtpSink.open();
                Newsroom room = new Newsroom(test, clock, Node.Kind.COMMAND, sink.port(), Duration.ofMinutes(1))) {
            sink.answer((at, to) -> mood.get().at(at, to));
            record(test);
            for (long id = 1; id <= READERS; id++) {
                room.reader(id);
            }
            for (int step = 1; step <= STEPS; step++) {
                step(room, random, mood, step);
            }
            mood.set(SmtpSink.YES);

            Set<Changed> changed = changed(test);

            assertThat(changed).as("seed %d", seed).isNotEmpty().allMatch(StateMachineTest::isListed, "is listed");
            assertThat(changed)
                    .as("seed %d: the walk met more than the usual", seed)
                    .hasSizeGreaterThan(6);
        }
    }

    private void step(Newsroom room, Random random, AtomicReference<SmtpSink.Answers> mood, int step) {
        clock.advance(Duration.ofSeconds(50));
        mood.set(moods().get(random.nextInt(moods().size())));
        try {
            switch (random.nextInt(9)) {
                case 0 -> room.article(1_000 + step, "Article " + step);
                case 1, 2, 3 -> {
                    room.article(1_000 + step, "Article " + step);
                    room.sendEdition.send("news", null, 0, Progress.NONE);
                }
                case 4 -> room.pauseEdition.pause(newest(room), "a test");
                case 5 -> room.pauseEdition.resume(newest(room));
                case 6 -> room.settleEdition.settle(newest(room), decision(random), null);
                case 7 -> {
                    if (random.nextInt(3) == 0) {
                        room.cancelEdition.cancel(newest(room));
                    }
                }
                default -> die(room, random);
            }
        } catch (UserError e) {
            // What can't be done just now says so, and changes nothing.
            assertThat(e.lines()).isNotEmpty();
        }
    }

    /** As a process that was killed leaves it: some claimed, some on the wire. */
    private static void die(Newsroom room, Random random) {
        long gone = 5_000 + random.nextInt(1_000);
        room.database.writing(tx -> {
            tx.update("insert into node (id, kind, version, pid, started_at) values (:id, 'command', '0', 1, 0)")
                    .bind("id", gone)
                    .execute();
            tx.update("update delivery set state = 'claimed', node_id = :node where state = 'queued'")
                    .bind("node", gone)
                    .execute();
            tx.update(
                            "update delivery set state = 'sending' where state = 'claimed' and node_id = :node and subscriber_id <= :some")
                    .bind("node", gone)
                    .bind("some", random.nextInt(READERS))
                    .execute();
        });
        room.takeOver.fromTheDead();
    }

    private static SettleEdition.Decision decision(Random random) {
        return SettleEdition.Decision.values()[random.nextInt(SettleEdition.Decision.values().length)];
    }

    private static List<SmtpSink.Answers> moods() {
        return List.of(
                SmtpSink.YES,
                SmtpSink.YES,
                (at, to) -> at == SmtpSink.At.RCPT ? "451 4.2.2 later" : null,
                (at, to) -> at == SmtpSink.At.DOT && to.startsWith("r1") ? "550 5.1.1 nobody" : null,
                (at, to) -> at == SmtpSink.At.DOT && to.startsWith("r2") ? SmtpSink.DROP : null,
                (at, to) -> at == SmtpSink.At.RCPT && to.startsWith("r3") ? SmtpSink.DROP : null);
    }

    private static String newest(Newsroom room) {
        return room.database.read(tx -> tx.query("select coalesce(max(id), 0) from edition")
                .mapTo(String.class)
                .one());
    }

    private static void record(TestDatabase test) {
        test.database().writing(tx -> {
            tx.update("create table changed (what text, from_state text, to_state text)")
                    .execute();
            for (String table : List.of("delivery", "outbox", "edition")) {
                if (test.isSqlite()) {
                    tx.update("create trigger changed_" + table + " after update of state on " + table
                                    + " when old.state <> new.state begin insert into changed values ('" + table
                                    + "', old.state, new.state); end")
                            .execute();
                } else {
                    tx.update("create function changed_" + table
                                    + "() returns trigger language plpgsql as 'begin insert into changed values (''"
                                    + table
                                    + "'', old.state, new.state); return new; end'")
                            .execute();
                    tx.update("create trigger changed_" + table + " after update of state on " + table
                                    + " for each row when (old.state is distinct from new.state) execute function changed_"
                                    + table + "()")
                            .execute();
                }
            }
        });
    }

    private static Set<Changed> changed(TestDatabase test) {
        return new HashSet<>(test.database()
                .read(tx -> tx.query("select distinct what, from_state, to_state from changed")
                        .map((rs, context) -> new Changed(rs.getString(1), rs.getString(2), rs.getString(3)))
                        .list()));
    }

    private static boolean isListed(Changed one) {
        if (one.what().equals("edition")) {
            return state(one.from()).mayBecome(state(one.to()));
        }
        DeliveryState from = DeliveryState.of(one.from());
        DeliveryState to = DeliveryState.of(one.to());
        // The journal writes unknown and what the policy makes of it as one step.
        return from.mayBecome(to) || from.mayBecome(DeliveryState.UNKNOWN) && DeliveryState.UNKNOWN.mayBecome(to);
    }

    private static State state(String word) {
        return State.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
