package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.db.Node;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SendEditionTest {
    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");
    private SmtpSink sink;

    @BeforeEach
    void open() {
        sink = SmtpSink.open();
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    private Newsroom command(TestDatabase test) {
        Newsroom news = new Newsroom(test, clock, Node.Kind.COMMAND, sink.port(), Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(1));
        for (long reader = 1; reader <= 5; reader++) {
            news.reader(reader);
        }
        clock.advance(Duration.ofMinutes(1));
        news.article(11, "Harbour bridge reopens");
        clock.advance(Duration.ofMinutes(1));
        return news;
    }

    @OnBothDatabases
    void without_a_serve_the_command_delivers_and_a_second_one_finds_nothing_new(TestDatabase test) {
        try (Newsroom news = command(test)) {
            EditionReport first = news.sendEdition.send("news", null, 0, Progress.NONE);
            clock.advance(Duration.ofMinutes(1));
            EditionReport second = news.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(first.state()).isEqualTo("sent");
            assertThat(first.accepted()).isEqualTo(5);
            assertThat(first.isWhole()).isTrue();
            assertThat(second.state()).isEqualTo("nothing-new");
            assertThat(second.isWhole()).isTrue();
            assertThat(sink.taken()).hasSize(5);
            assertThat(sink.newest()).contains("Harbour bridge reopens");
            List<ListDeliveries.Line> lines = new ArrayList<>();
            news.listDeliveries.list(String.valueOf(first.edition()), "accepted", lines::add);
            assertThat(lines)
                    .extracting(ListDeliveries.Line::messageId)
                    .containsExactlyInAnyOrderElementsOf(
                            sink.taken().stream().map(SmtpSink.Taken::messageId).toList());
        }
    }

    @OnBothDatabases
    void an_unfinished_edition_is_finished_before_a_new_one_is_composed(TestDatabase test) {
        try (Newsroom news = command(test)) {
            sink.answer(
                    (at, recipient) -> at == At.RCPT && recipient.equals("r3@example.org") ? "450 4.2.1 later" : null);
            EditionReport first = news.sendEdition.send("news", null, 0, Progress.NONE);
            sink.answer(SmtpSink.YES);
            news.article(12, "A second story");
            EditionReport second = news.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(first.state()).isEqualTo("sending");
            assertThat(first.deferred()).isEqualTo(1);
            assertThat(first.isWhole()).isFalse();
            assertThat(second.edition()).isEqualTo(first.edition());
            assertThat(second.state()).isEqualTo("sent");
            assertThat(second.accepted()).isEqualTo(5);
            assertThat(sink.taken()).hasSize(5);
        }
    }

    @OnBothDatabases
    void with_a_serve_alive_it_only_watches(TestDatabase test) {
        try (Newsroom news = command(test);
                Newsroom serve = new Newsroom(test, clock, Node.Kind.SERVE, sink.port(), Duration.ofHours(1));
                Dispatch sender = serve.sender()) {
            sender.start();

            EditionReport report = news.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(report.state()).isEqualTo("sent");
            assertThat(sink.taken()).hasSize(5);
        }
    }

    @OnBothDatabases
    void a_second_send_while_one_runs_is_told_so(TestDatabase test) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        sink.answer((at, recipient) -> {
            if (at == At.DOT) {
                eventually("the second was told", () -> goOn.getCount() == 0);
            }
            return null;
        });
        try (Newsroom news = command(test);
                Newsroom other = new Newsroom(test, clock, Node.Kind.COMMAND, sink.port(), Duration.ofHours(1))) {
            CompletableFuture<EditionReport> first =
                    CompletableFuture.supplyAsync(() -> news.sendEdition.send("news", null, 0, Progress.NONE));
            eventually("the first is at it", () -> sink.connections() > 0);

            assertThatThrownBy(() -> other.sendEdition.send("news", null, 0, Progress.NONE))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("it is being sent by another process just now");
            goOn.countDown();

            assertThat(first.get().accepted()).isEqualTo(5);
        }
    }

    @OnBothDatabases
    void cancelling_while_it_runs_stops_it_at_the_next_message(TestDatabase test) {
        try (Newsroom news = command(test)) {
            for (long reader = 6; reader <= 200; reader++) {
                news.reader(reader);
            }
            sink.answer((at, recipient) -> {
                if (at == At.DOT && sink.count() == 20) {
                    sink.answer(SmtpSink.YES);
                    news.cancelEdition.cancel(unfinished(news));
                }
                return null;
            });

            EditionReport report = news.sendEdition.send("news", null, 0, Progress.NONE);

            Counts counts = news.counts(String.valueOf(report.edition()));
            assertThat(report.state()).isEqualTo("cancelled");
            assertThat(counts.of(DeliveryState.ACCEPTED))
                    .isEqualTo(sink.taken().size())
                    .isBetween(20L, 150L);
            assertThat(counts.of(DeliveryState.CANCELLED))
                    .isEqualTo(200 - sink.taken().size());
        }
    }

    private static String unfinished(Newsroom news) {
        return news.database.read(tx -> tx.query("select id from edition where state = 'sending'")
                .mapTo(Long.class)
                .one()
                .toString());
    }

    @OnBothDatabases
    void what_a_dead_process_claimed_and_began_is_taken_over(TestDatabase test) {
        try (Newsroom news = command(test)) {
            news.sendEdition.stop();
            EditionReport stopped = news.sendEdition.send("news", null, 0, Progress.NONE);
            int before = sink.taken().size();
            assertThat(stopped.queued() + stopped.accepted()).isEqualTo(5);
            news.database.writing(tx -> {
                tx.update("insert into node (id, kind, version, pid, started_at) values (77, 'serve', 'test', 1, 1)")
                        .execute();
                tx.update("update edition set state = 'sending', ended_at = null")
                        .execute();
                tx.update("update delivery set state = 'claimed', node_id = 77 where subscriber_id = 4")
                        .execute();
                tx.update("update delivery set state = 'sending', node_id = 77, attempts = 1 where subscriber_id = 5")
                        .execute();
            });

            try (Dispatch sender = news.sender()) {
                sender.start();
                eventually(
                        "all have it",
                        () -> news.counts(String.valueOf(stopped.edition())).of(DeliveryState.ACCEPTED) == 5);
            }

            assertThat(sink.taken().size()).isBetween(5, before + 5);
            assertThat(news.node.dead()).isEmpty();
        }
    }

    @OnBothDatabases
    void a_confirmation_goes_out_to_who_is_still_pending(TestDatabase test) {
        try (Newsroom news = command(test)) {
            news.reader(20, "pending");
            news.confirmation(20);
            news.reader(21, "ended");
            news.confirmation(21);

            try (Dispatch sender = news.sender()) {
                sender.start();
                eventually(
                        "both are answered for",
                        () -> outbox(news, "accepted") == 1 && outbox(news, "suppressed") == 1);
            }

            assertThat(sink.taken())
                    .singleElement()
                    .satisfies(one -> assertThat(one.recipient()).isEqualTo("r20@example.org"));
            assertThat(sink.newest()).contains("https://news.example.org/confirm/");
        }
    }

    private static long outbox(Newsroom news, String state) {
        return news.database.read(tx -> tx.query("select count(*) from outbox where state = :state")
                .bind("state", state)
                .mapTo(Long.class)
                .one());
    }

    @OnBothDatabases
    void a_test_copy_is_recorded_nowhere(TestDatabase test) {
        try (Newsroom news = command(test)) {
            PreviewEdition.Request request = PreviewEdition.Request.of("news", null);
            EditionReport copy = news.sendTest.send(news.previewEdition.testCopy(request, "someone@example.net"));

            assertThat(copy.state()).isEqualTo("test");
            assertThat(copy.accepted()).isEqualTo(1);
            assertThat(sink.taken())
                    .singleElement()
                    .satisfies(one -> assertThat(one.recipient()).isEqualTo("someone@example.net"));
            assertThat(news.sendEdition.send("news", null, 0, Progress.NONE).accepted())
                    .isEqualTo(5);
        }
    }
}
