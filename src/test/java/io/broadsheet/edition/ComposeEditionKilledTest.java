package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.progress.Progress;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Composing that is killed, raced, or large. */
class ComposeEditionKilledTest {
    /** Bears no lock, as a process that was killed. */
    private static final long DEAD_NODE = 4_711;

    @OnBothDatabases
    void what_a_killed_process_left_half_composed_is_composed_again_whole(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            readers(press, 2_500);
            press.at("2026-11-23T13:00:00Z").news("One");
            ComposeEdition killed = press.composing(dyingAfter(press, 2));
            press.at("2026-11-24T06:00:00Z");
            ComposeRequest request = ComposeRequest.scheduled("news", "daily", Instant.parse("2026-11-24T06:00:00Z"));

            assertThatThrownBy(() -> killed.compose(request, Progress.NONE)).hasMessage("killed");
            long left = deliveries(press);
            press.database.writing(tx -> tx.update("update edition set node_id = :dead")
                    .bind("dead", DEAD_NODE)
                    .execute());
            Composed again = press.composeEdition.compose(request, Progress.NONE);

            assertThat(left).isEqualTo(2_000);
            assertThat(again.outcome()).isEqualTo(Outcome.SENDING);
            assertThat(again.recipients()).isEqualTo(2_500);
            assertThat(press.edition(again).recipients()).isEqualTo(2_500);
            assertThat(deliveries(press)).isEqualTo(2_500);
            assertThat(press.composeEdition.compose(request, Progress.NONE).outcome())
                    .isEqualTo(Outcome.EXISTS);
        }
    }

    @OnBothDatabases
    void what_a_living_process_composes_is_left_to_it(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            readers(press, 10);
            press.at("2026-11-23T13:00:00Z").news("One");
            List<Composed> meanwhile = new ArrayList<>();
            ComposeRequest request = ComposeRequest.scheduled("news", "daily", Instant.parse("2026-11-24T06:00:00Z"));
            ComposeEdition[] slow = new ComposeEdition[1];
            Progress asksAgain = new Progress() {
                @Override
                public void total(long total) {
                    meanwhile.add(slow[0].compose(request, Progress.NONE));
                }

                @Override
                public void done(long done) {}

                @Override
                public void note(String note) {}
            };
            slow[0] = press.composeEdition;

            Composed composed = slow[0].compose(request, asksAgain);

            assertThat(meanwhile).extracting(Composed::outcome).containsExactly(Outcome.IN_PROGRESS);
            assertThat(composed.outcome()).isEqualTo(Outcome.SENDING);
            assertThat(deliveries(press)).isEqualTo(10);
        }
    }

    @OnBothDatabases
    void two_newsletters_composed_at_once_give_nobody_an_article_twice(TestDatabase test) throws InterruptedException {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.apply(Press.newsletter("city", Press.daily()));
            readers(press, 3_000);
            also(press, "city");
            press.at("2026-11-23T13:00:00Z").news("One");
            List<Thread> threads = new ArrayList<>();

            for (String newsletter : List.of("news", "city")) {
                Thread thread = new Thread(() -> press.send(newsletter, null));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(deliveries(press)).isEqualTo(3_000);
        }
    }

    @OnBothDatabases
    void ten_thousand_readers_are_composed_within_seconds(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            readers(press, 10_000);
            press.at("2026-11-23T13:00:00Z").news("One");
            press.delivered(press.send("news", null));
            press.at("2026-11-23T14:00:00Z").news("Two");
            long started = System.nanoTime();

            Composed composed = press.send("news", null);

            assertThat(composed.recipients()).isEqualTo(10_000);
            assertThat(System.nanoTime() - started).isLessThan(30_000_000_000L);
        }
    }

    private static Queue dyingAfter(Press press, int pages) {
        return new Queue() {
            private int added;

            @Override
            public void add(Tx tx, EditionId edition, List<Recipient> recipients) {
                if (added++ == pages) {
                    throw new IllegalStateException("killed");
                }
                press.queue.add(tx, edition, recipients);
            }

            @Override
            public int drop(Tx tx, EditionId edition, int limit) {
                return press.queue.drop(tx, edition, limit);
            }
        };
    }

    private static long deliveries(Press press) {
        return press.database.read(tx ->
                tx.query("select count(*) from delivery").mapTo(Long.class).one());
    }

    /** Active readers of `news`, daily, who joined now. */
    private static void readers(Press press, int count) {
        press.database.writing(tx -> {
            PreparedBatch batch = tx.batch("""
                    insert into subscriber (id, address, address_key, created_at)
                    values (:id, :address, :address, :now)
                    """);
            for (int reader = 1; reader <= count; reader++) {
                batch.bind("id", press.ids.next())
                        .bind("address", "reader" + reader + "@example.org")
                        .bind("now", press.clock.millis())
                        .add();
            }
            batch.execute();
        });
        also(press, "news");
    }

    private static void also(Press press, String newsletter) {
        press.database.writing(tx -> tx.update("""
                        insert into subscription (newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at)
                        select n.id, s.id, 'daily', '[]', 'active', :now, :now, :now
                        from newsletter n, subscriber s
                        where n.name = :newsletter
                        """)
                .bind("newsletter", newsletter)
                .bind("now", press.clock.millis())
                .execute());
    }
}
