package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.delivery.JournalStore.Outcome;
import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final long NODE = 5;

    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");

    private static Ref ref(long subscriber) {
        return new Ref.OfEdition(Sending.EDITION, new SubscriberId(subscriber));
    }

    private static Change accepted(long subscriber) {
        return Change.of(ref(subscriber), 0, DeliveryState.SENDING, DeliveryState.ACCEPTED, "250 2.0.0 taken");
    }

    @OnBothDatabases
    void each_record_says_whether_its_mail_was_in_the_state_it_comes_from(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 5);
        sending.run("update delivery set state = 'claimed', node_id = 5 where subscriber_id < 5");
        sending.run("update delivery set state = 'cancelled', node_id = null where subscriber_id = 2");
        sending.run("update subscription set state = 'ended' where subscriber_id = 3");
        try (Journal journal = new Journal(test.database(), clock, NODE, 0)) {
            journal.start();

            List<Outcome> first =
                    journal.put(List.of(Change.sending(ref(1), 0, "default"))).await();
            List<Outcome> pair = journal.put(List.of(accepted(1), Change.sending(ref(2), 0, "default")))
                    .await();
            List<Outcome> third =
                    journal.put(List.of(Change.sending(ref(3), 0, "default"))).await();
            List<Outcome> fifth =
                    journal.put(List.of(Change.sending(ref(5), 0, "default"))).await();

            assertThat(first).containsExactly(Outcome.WRITTEN);
            assertThat(pair).containsExactly(Outcome.WRITTEN, Outcome.GONE);
            assertThat(third).containsExactly(Outcome.UNWANTED);
            assertThat(fifth).containsExactly(Outcome.GONE);
        }
        assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(sending.delivery(1).attempts()).isEqualTo(1);
    }

    @OnBothDatabases
    void a_record_whose_commit_was_in_doubt_is_written_once(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 2);
        sending.run("update delivery set state = 'claimed', node_id = 5");
        sending.run("update delivery set state = 'sending', attempts = 1 where subscriber_id = 1");
        List<Change> changes = List.of(accepted(1), Change.sending(ref(2), 0, "default"));

        List<List<Outcome>> outcomes = new ArrayList<>();
        try (JournalStore store = new JournalStore(test.database(), clock, NODE)) {
            for (boolean repeated : new boolean[] {false, true, true}) {
                outcomes.add(store.commit(changes, repeated));
            }
        }

        assertThat(outcomes).allSatisfy(one -> assertThat(one).containsExactly(Outcome.WRITTEN, Outcome.WRITTEN));
        assertThat(sending.delivery(2).attempts()).isEqualTo(1);
        assertThat(sending.delivery(1).attempts()).isEqualTo(1);
    }

    @OnBothDatabases
    void a_step_back_that_was_in_doubt_does_not_undo_a_later_try(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1);
        Change back = Change.of(ref(1), 0, DeliveryState.SENDING, DeliveryState.QUEUED, "lost");
        sending.run("update delivery set state = 'sending', attempts = 2, node_id = 5");

        List<Outcome> outcomes;
        try (JournalStore store = new JournalStore(test.database(), clock, NODE)) {
            outcomes = store.commit(List.of(back), true);
        }

        assertThat(outcomes).containsExactly(Outcome.GONE);
        assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.SENDING);
    }

    @OnBothDatabases
    void a_database_that_goes_away_while_sending_loses_and_repeats_nothing(TestDatabase test) throws Exception {
        Sending sending = Sending.to(test, clock, 400);
        AtomicInteger cuts = new AtomicInteger();
        try (SmtpSink sink = SmtpSink.open()) {
            sink.answer((at, recipient) -> {
                if (at == At.DOT && !test.isSqlite() && recipient.matches("r(50|150|250)@.*")) {
                    cuts.incrementAndGet();
                    cut(test);
                }
                return null;
            });

            try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
                sender.start();
                eventually("the edition is sent", () -> sending.editionState().equals("sent"));
            }

            assertThat(sink.taken()).hasSize(400).doesNotHaveDuplicates();
            assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(400);
            assertThat(cuts.get()).isEqualTo(test.isSqlite() ? 0 : 3);
        }
    }

    /** Ends every session on the database but the pool's, as a server that restarts does. */
    private static void cut(TestDatabase test) {
        test.database().read(tx -> tx.query("""
                        select count(pg_terminate_backend(pid))
                        from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and query like '%delivery set state%'
                        """).mapTo(Long.class).one());
    }

    @OnBothDatabases
    void after_it_has_closed_nobody_waits_for_ever_and_no_dot_is_allowed(TestDatabase test) {
        Sending.to(test, clock, 1);
        Journal journal = new Journal(test.database(), clock, NODE, 0);
        journal.start();
        journal.close(Duration.ofSeconds(5));

        assertThat(journal.put(List.of(Change.sending(ref(1), 0, "default"))).await())
                .isEmpty();
    }

    @Test
    void only_the_listed_ways_lead_from_state_to_state() {
        assertThatThrownBy(() -> Change.of(ref(1), 0, DeliveryState.ACCEPTED, DeliveryState.QUEUED, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Change.of(ref(1), 0, DeliveryState.QUEUED, DeliveryState.SENDING, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Change.of(ref(1), 0, DeliveryState.SENDING, DeliveryState.HELD, "unknown: x")
                        .to())
                .isEqualTo(DeliveryState.HELD);
    }
}
