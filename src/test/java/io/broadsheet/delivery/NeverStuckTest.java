package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No delivery stays for ever in a state that nobody takes it out of, and none ends for a reason that isn't its reader's. */
class NeverStuckTest {
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
    void a_server_that_refuses_our_sender_ends_nobodys_delivery(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 5);
        sink.answer((at, recipient) -> at == At.MAIL ? "550 5.7.1 sender not allowed" : null);

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()).retry(Duration.ofMinutes(5)))) {
            sender.start();
            eventually("it is held back", () -> sending.editionState().equals("paused"));
            eventually("nothing is in hand", () -> sending.count(DeliveryState.CLAIMED) == 0);
            assertThat(sending.count(DeliveryState.REFUSED)).isZero();
            sink.answer(SmtpSink.YES);
            sending.run("update edition set state = 'sending'");
            clock.advance(Duration.ofMinutes(6));
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(5);
    }

    @OnBothDatabases
    void a_sender_that_never_started_is_closed_at_once(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1);
        Stopwatch closing = Stopwatch.start();

        sending.sender(SmtpSettings.of(sink.port())).close();

        assertThat(closing.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @OnBothDatabases
    void what_comes_back_to_a_cancelled_edition_is_cancelled_too(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1);
        sink.answer((at, recipient) -> {
            if (at == At.DOT) {
                sending.run("update edition set state = 'cancelled'");
                return "451 4.3.0 try later";
            }
            return null;
        });

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("it is cancelled", () -> sending.count(DeliveryState.CANCELLED) == 1);
        }

        assertThat(sending.delivery(1).reply()).isEqualTo("451 4.3.0 try later");
    }

    @OnBothDatabases
    void what_may_have_gone_out_of_a_cancelled_edition_is_held_and_not_sent_again(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 1);
        sending.run("update delivery set state = 'sending', node_id = 999, attempts = 1");
        sending.run("update edition set state = 'cancelled'");

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("it is held", () -> sending.count(DeliveryState.HELD) == 1);
        }

        assertThat(sink.taken()).isEmpty();
    }

    @OnBothDatabases
    void what_a_process_had_in_hand_that_said_goodbye_all_the_same_is_taken_over(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 3);
        sending.run("update delivery set state = 'claimed', node_id = 999 where subscriber_id = 1");
        sending.run("update delivery set state = 'sending', node_id = 999, attempts = 1 where subscriber_id = 2");

        try (Dispatch sender = sending.sender(SmtpSettings.of(sink.port()))) {
            sender.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sink.taken()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void a_message_that_can_never_be_written_is_given_up_in_time() {
        Judge judge = new Judge(clock, List.of(Duration.ofHours(1)));
        Claim claim = new Claim(
                new Ref.OfOutbox(1),
                new NewsletterId(1),
                new Subscriber(new SubscriberId(1), new Address("ada@example.org"), null, null, null, clock.instant()),
                null,
                0,
                true,
                new Terms(clock.instant(), Duration.ofDays(2), Unknown.RESEND));

        Change first = judge.notTried(claim, "not written: x");
        clock.advance(Duration.ofDays(2));
        Change last = judge.notTried(claim, "not written: x");

        assertThat(first.to()).isEqualTo(DeliveryState.DEFERRED);
        assertThat(last.to()).isEqualTo(DeliveryState.REFUSED);
        assertThat(last.reply()).isEqualTo("gave up after 2d: not written: x");
    }
}
