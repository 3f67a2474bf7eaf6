package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.db.Node;
import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An admin holds mail back, from another process than the one that sends it. */
class HoldingBackTest {
    private static final int READERS = 40;

    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");

    @OnBothDatabases
    void a_paused_edition_starts_no_message_and_who_watches_it_is_told(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open();
                Newsroom room = newsroom(test, sink)) {
            CountDownLatch paused = new CountDownLatch(1);
            sink.answer((at, to) -> held(at, sink, paused));
            CompletableFuture<EditionReport> sending =
                    CompletableFuture.supplyAsync(() -> room.sendEdition.send("news", null, 0, Progress.NONE));
            eventually("some are out", () -> sink.count() >= 5);
            String edition = edition(room);

            room.pauseEdition.pause(edition, "paused by ada: the wrong subject");
            paused.countDown();
            EditionReport report = sending.get(30, TimeUnit.SECONDS);
            int out = sink.count();

            assertThat(report.state()).isEqualTo("paused");
            assertThat(report.why()).isEqualTo("paused by ada: the wrong subject");
            assertThat(report.isWhole()).isFalse();
            assertThat(out)
                    .as("only what was in flight, one a connection, came after")
                    .isLessThanOrEqualTo(12);
            assertThat(report.accepted()).isEqualTo(out);
            assertThatThrownBy(() -> room.sendEdition.send("news", null, 0, Progress.NONE))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("the wrong subject");

            room.pauseEdition.pause(edition, "again");
            room.pauseEdition.resume(edition);
            room.pauseEdition.resume(edition);
            EditionReport all = room.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(all.accepted()).isEqualTo(READERS);
            assertThat(sink.count()).isEqualTo(READERS);
            assertThatThrownBy(() -> room.pauseEdition.pause(edition, "too late"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("it is sent");
        }
    }

    @OnBothDatabases
    void the_switch_stops_every_process_and_nothing_is_lost(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open();
                Newsroom room = newsroom(test, sink)) {
            DeliverySwitch off = new DeliverySwitch(room.database, clock);
            DeliverySwitch.Stopped first = off.stop("stopped by ada");
            DeliverySwitch.Stopped again = off.stop("for another reason");

            EditionReport report = room.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(again).isEqualTo(first);
            assertThat(sink.count()).isZero();
            assertThat(report.isWhole()).isFalse();
            assertThat(report.why()).contains("stopped by ada").contains("delivery start");
            assertThat(off.start()).isTrue();
            assertThat(off.start()).isFalse();
            assertThat(room.sendEdition.send("news", null, 0, Progress.NONE).accepted())
                    .isEqualTo(READERS);
        }
    }

    @OnBothDatabases
    void what_is_held_is_settled_as_an_admin_decides(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open();
                Newsroom room = newsroom(test, sink)) {
            EditionReport sent = room.sendEdition.send("news", null, 0, Progress.NONE);
            String edition = String.valueOf(sent.edition());
            room.database.writing(
                    tx -> tx.update("update delivery set state = 'held', reply = 'unknown' where subscriber_id <= 4")
                            .execute());

            assertThat(settle(room, edition, SettleEdition.Decision.ACCEPTED, "r1@example.org"))
                    .isEqualTo(1);
            assertThat(settle(room, edition, SettleEdition.Decision.CANCEL, "r2@example.org"))
                    .isEqualTo(1);
            assertThat(settle(room, edition, SettleEdition.Decision.RESEND, null))
                    .isEqualTo(2);
            assertThat(settle(room, edition, SettleEdition.Decision.RESEND, null))
                    .isZero();
            assertThatThrownBy(() -> settle(room, edition, SettleEdition.Decision.CANCEL, "r1@example.org"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is accepted, not held");
            assertThat(room.showEdition.show(edition).state()).isEqualTo("sending");
            EditionReport again = room.sendEdition.send("news", null, 0, Progress.NONE);

            assertThat(again.edition()).isEqualTo(edition);
            assertThat(again.state()).isEqualTo("sent");
            assertThat(again.cancelled()).isEqualTo(1);
            assertThat(sink.taken().stream()
                            .filter(one -> one.recipient().equals("r3@example.org"))
                            .distinct())
                    .as("the same Message-ID")
                    .hasSize(1);
            assertThat(sink.count()).isEqualTo(READERS + 2);
        }
    }

    @OnBothDatabases
    void what_happened_is_told_in_sentences(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open();
                Newsroom room = newsroom(test, sink)) {
            sink.answer((at, to) -> at == At.RCPT && to.equals("r7@example.org") ? "550 5.1.1 nobody here" : null);
            String edition = String.valueOf(
                    room.sendEdition.send("news", null, 0, Progress.NONE).edition());

            ExplainDelivery.Explained had = room.explainDelivery.explain(edition, "R1@example.org");
            ExplainDelivery.Explained refused = room.explainDelivery.explain(edition, "r7@example.org");
            ExplainEdition.Explained all = room.explainEdition.explain(edition);
            ExplainReader.Explained reader = room.explainReader.explain("r7@example.org");

            assertThat(had.said())
                    .first()
                    .asString()
                    .startsWith("The mail server took it")
                    .contains("first attempt");
            assertThat(had.articles())
                    .singleElement()
                    .satisfies(one -> assertThat(one.title()).isEqualTo("Bridge"));
            assertThat(refused.meaning()).isEqualTo("there is no such mailbox");
            assertThat(refused.said()).anyMatch(said -> said.contains("due to this reader again"));
            assertThat(all.domains()).singleElement().satisfies(one -> {
                assertThat(one.domain()).isEqualTo("example.org");
                assertThat(one.refused()).isEqualTo(1);
            });
            assertThat(all.replies())
                    .singleElement()
                    .satisfies(one -> assertThat(one.meaning()).isEqualTo("there is no such mailbox"));
            assertThat(reader.deliveries())
                    .singleElement()
                    .satisfies(one -> assertThat(one.state()).isEqualTo("refused"));
            assertThat(reader.subscriptions())
                    .singleElement()
                    .satisfies(one -> assertThat(one.titles()).containsExactly("Bridge"));
            assertThatThrownBy(() -> room.explainDelivery.explain(edition, "nobody@example.org"))
                    .isInstanceOf(UserError.class);
        }
    }

    private static String held(At at, SmtpSink sink, CountDownLatch until) {
        if (at == At.DOT && sink.count() >= 6) {
            try {
                until.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return null;
    }

    private static long settle(Newsroom room, String edition, SettleEdition.Decision decision, String only) {
        return room.settleEdition.settle(edition, decision, only).settled();
    }

    private static String edition(Newsroom room) {
        return room.database.read(
                tx -> tx.query("select id from edition").mapTo(String.class).one());
    }

    private Newsroom newsroom(TestDatabase test, SmtpSink sink) {
        Newsroom room = new Newsroom(test, clock, Node.Kind.COMMAND, sink.port(), Duration.ofHours(1));
        for (long id = 1; id <= READERS; id++) {
            room.reader(id);
        }
        clock.advance(Duration.ofMinutes(1));
        room.article(900, "Bridge");
        clock.advance(Duration.ofMinutes(1));
        return room;
    }
}
