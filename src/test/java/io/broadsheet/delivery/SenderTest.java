package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SenderTest {
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

    @OnBothDatabases
    void each_recipient_gets_one_message_and_the_edition_ends(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 350);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(350);
        assertThat(sink.taken())
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 350)
                        .mapToObj(id -> new Taken(Sending.messageId(id), "r" + id + "@example.org"))
                        .toList());
        assertThat(sink.newest()).contains("\r\n.A line that begins with a dot\r\n");
        assertThat(sending.delivery(1).reply()).isEqualTo("250 2.0.0 taken");
        assertThat(sending.delivery(1).attempts()).isEqualTo(1);
    }

    @OnBothDatabases
    void a_4xx_is_tried_again_after_its_wait_and_a_5xx_never(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 4);
        sink.answer((at, recipient) -> switch (recipient) {
            case "r1@example.org" -> at == At.RCPT ? "450 4.2.1 greylisted" : null;
            case "r2@example.org" -> at == At.RCPT ? "550 5.1.1 no such user" : null;
            case "r3@example.org" -> at == At.DOT ? "554 5.7.1 not wanted" : null;
            default -> null;
        });

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()).retry(Duration.ofMinutes(5)))) {
            sender.start();
            eventually("all are answered", () -> sending.counts().underway() == 0);
            assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.DEFERRED);
            assertThat(sending.editionState()).isEqualTo("sending");
            sink.answer(SmtpSink.YES);
            clock.advance(Duration.ofMinutes(6));
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(sending.delivery(1).attempts()).isEqualTo(2);
        assertThat(sending.delivery(2).state()).isEqualTo(DeliveryState.REFUSED);
        assertThat(sending.delivery(2).reply()).isEqualTo("550 5.1.1 no such user");
        assertThat(sending.delivery(3).reply()).isEqualTo("554 5.7.1 not wanted");
        assertThat(sending.delivery(4).state()).isEqualTo(DeliveryState.ACCEPTED);
    }

    @OnBothDatabases
    void a_deferred_delivery_is_given_up_in_time(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1);
        sink.answer((at, recipient) -> at == At.MAIL ? "451 4.3.0 try later" : null);
        SmtpSettings smtp =
                SmtpSettings.of(sink.port()).retry(Duration.ofHours(1)).giveUp(Duration.ofHours(2));

        try (Dispatch sender = sending.sender(smtp)) {
            sender.start();
            eventually("the first try", () -> sending.count(DeliveryState.DEFERRED) == 1);
            clock.advance(Duration.ofMinutes(90));
            eventually("the second try", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.REFUSED);
        assertThat(sending.delivery(1).reply()).isEqualTo("gave up after 1h: 451 4.3.0 try later");
    }

    @OnBothDatabases
    void connections_that_break_before_the_dot_lose_and_repeat_nothing(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 40);
        Set<String> dropped = ConcurrentHashMap.newKeySet();
        sink.answer((at, recipient) -> {
            boolean turn = (at == At.RCPT && recipient.matches("r[1-3]@.*"))
                    || (at == At.DATA && recipient.matches("r[4-6]@.*"));
            return turn && dropped.add(recipient) ? SmtpSink.DROP : null;
        });

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(dropped).hasSize(6);
        assertThat(sink.taken()).hasSize(40).doesNotHaveDuplicates();
    }

    @OnBothDatabases
    void an_unknown_outcome_is_sent_again_with_the_same_message_id(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 10);
        Set<String> dropped = ConcurrentHashMap.newKeySet();
        sink.answer((at, recipient) ->
                at == At.DOT && recipient.equals("r3@example.org") && dropped.add(recipient) ? SmtpSink.DROP : null);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sink.taken().stream().filter(one -> one.recipient().equals("r3@example.org")))
                .hasSize(2)
                .containsOnly(new Taken(Sending.messageId(3), "r3@example.org"));
        assertThat(sink.taken()).hasSize(11);
        assertThat(sending.delivery(3).attempts()).isEqualTo(2);
    }

    @OnBothDatabases
    void an_unknown_outcome_is_held_where_the_newsletter_says_so(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 5, Unknown.HOLD);
        sink.answer((at, recipient) -> at == At.DOT && recipient.equals("r3@example.org") ? SmtpSink.DROP : null);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.delivery(3).state()).isEqualTo(DeliveryState.HELD);
        assertThat(sending.delivery(3).reply()).startsWith("unknown: ");
        assertThat(sink.taken()).hasSize(5);
    }

    @OnBothDatabases
    void a_server_that_never_answers_the_dot_is_an_unknown_outcome(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1, Unknown.HOLD);
        SmtpSettings smtp = SmtpSettings.of(sink.port()).connections(1).timeout(Duration.ofMillis(200));
        sink.answer((at, recipient) -> {
            if (at == At.DOT) {
                eventually("the client gave up", () -> sending.count(DeliveryState.HELD) == 1);
            }
            return null;
        });

        try (Dispatch sender = sending.sender(smtp)) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.delivery(1).state()).isEqualTo(DeliveryState.HELD);
    }

    @OnBothDatabases
    void an_unsubscribe_or_a_suppression_while_sending_works_at_once(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 30);
        sink.answer((at, recipient) -> {
            // While the first message is on its way, its followers, claimed with it, are withdrawn.
            if (at == At.RCPT && recipient.equals("r1@example.org")) {
                sending.run("update subscription set state = 'ended' where subscriber_id = 20");
                sending.run(
                        "insert into suppression (address_key, why, since_at) values ('r21@example.org', 'asked', 1)");
            }
            return null;
        });

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()).connections(1))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.delivery(20).state()).isEqualTo(DeliveryState.SUPPRESSED);
        assertThat(sending.delivery(21).state()).isEqualTo(DeliveryState.SUPPRESSED);
        assertThat(sink.taken()).hasSize(28);
    }

    @OnBothDatabases
    void a_server_that_is_away_costs_nothing_but_time(TestDatabase test) throws IOException {
        int port = sink.port();
        sink.close();
        Sending sending = Sending.to(test, clock, 50);

        try (Dispatch sender = sending.sender(SmtpSettings.of(port))) {
            sender.start();
            eventually("the server is seen to be away", () -> sender.hindrance() != null);
            eventually("all is back in the queue", () -> sending.count(DeliveryState.QUEUED) == 50);
            assertThat(sender.hindrance()).startsWith("mail server 127.0.0.1:" + port + ": ");
            assertThat(sending.editionState()).isEqualTo("sending");
            sink = SmtpSink.open(port);
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
            assertThat(sender.hindrance()).isNull();
        }

        assertThat(sink.taken()).hasSize(50).doesNotHaveDuplicates();
    }

    @OnBothDatabases
    void by_hand_a_server_that_stays_away_defers_all(TestDatabase test) throws IOException {
        sink.close();
        Sending sending = Sending.to(test, clock, 50);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()).hand())) {
            sender.start();
            eventually("all are deferred", () -> sending.count(DeliveryState.DEFERRED) == 50);
        }

        assertThat(sending.delivery(7).reply()).contains("mail server 127.0.0.1");
        assertThat(sending.delivery(7).attempts()).isZero();
    }

    @OnBothDatabases
    void closing_ends_what_is_in_flight_and_gives_the_rest_back(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1_000);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("some are out", () -> sink.count() > 20);
        }

        assertThat(sending.count(DeliveryState.CLAIMED)).isZero();
        assertThat(sending.count(DeliveryState.SENDING)).isZero();
        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(sink.taken().size());
        assertThat(sending.count(DeliveryState.QUEUED))
                .isEqualTo(1_000 - sink.taken().size());
    }

    @OnBothDatabases
    void a_server_without_pipelining_is_served_too(TestDatabase test) throws IOException {
        Sending sending = Sending.to(test, clock, 20);
        try (SmtpSink plain = SmtpSink.withoutPipelining()) {
            plain.answer((at, recipient) -> at == At.RCPT && recipient.equals("r2@example.org") ? "550 no" : null);

            try (Dispatch sender = sending.sender(SmtpSettings.of(plain.port()))) {
                sender.start();
                eventually("the edition is sent", () -> sending.editionState().equals("sent"));
            }

            assertThat(plain.taken()).hasSize(19).doesNotHaveDuplicates();
        }
        assertThat(sending.delivery(2).state()).isEqualTo(DeliveryState.REFUSED);
    }
}
