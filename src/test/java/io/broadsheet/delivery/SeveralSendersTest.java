package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Pacing;
import io.broadsheet.config.Rate;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.config.WarmUp;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Senders side by side, and receivers that are treated each in its own way. */
class SeveralSendersTest {
    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");
    private SmtpSink one;
    private SmtpSink other;

    @BeforeEach
    void open() {
        one = SmtpSink.open();
        other = SmtpSink.open();
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
    }

    private static SenderSettings through(
            String name, int weight, int port, Pacing pacing, @Nullable WarmUp warmUp, String... newsletters) {
        Smtp smtp = Sending.smtp(port, Security.NONE, 4);
        return new SenderSettings(name, weight, List.of(newsletters), smtp, null, pacing, warmUp);
    }

    private static SendSettings settings(SenderSettings... senders) {
        return new SendSettings(
                List.of(senders),
                "news.example.org",
                ZoneOffset.UTC,
                List.of(Duration.ofMinutes(10)),
                Duration.ofDays(2),
                null);
    }

    private static void everySecondAtGmail(Sending sending) {
        sending.run("""
                update subscriber set address = 'r' || id || '@gmail.com', address_key = 'r' || id || '@gmail.com'
                where id % 2 = 0
                """);
        sending.run("update delivery set domain = 'gmail.com' where subscriber_id % 2 = 0");
    }

    @OnBothDatabases
    void senders_share_by_weight(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 800);
        SenderSettings large = through("large", 3, one.port(), Pacing.NONE, null);
        SenderSettings small = through("small", 1, other.port(), Pacing.NONE, null);

        try (Dispatch dispatch = sending.dispatch(settings(large, small))) {
            dispatch.start();
            eventually("all are out", () -> sending.editionState().equals("sent"));
        }

        assertThat(one.count() + other.count()).isEqualTo(800);
        assertThat(one.count()).isGreaterThan(other.count());
        assertThat(other.count()).isPositive();
    }

    @OnBothDatabases
    void one_that_is_away_is_stood_in_for(TestDatabase test) throws IOException {
        Sending sending = Sending.to(test, clock, 300);
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        SenderSettings away = through("away", 10, nobody, Pacing.NONE, null);
        SenderSettings there = through("there", 1, other.port(), Pacing.NONE, null);

        try (Dispatch dispatch = sending.dispatch(settings(away, there))) {
            dispatch.start();
            eventually("all are out", () -> sending.editionState().equals("sent"));
        }

        assertThat(other.count()).isEqualTo(300);
        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(300);
    }

    @OnBothDatabases
    void a_newsletter_goes_through_the_senders_that_are_for_it(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 50);
        SenderSettings others = through("others", 10, one.port(), Pacing.NONE, null, "other");
        SenderSettings news = through("news", 1, other.port(), Pacing.NONE, null, "news");

        try (Dispatch dispatch = sending.dispatch(settings(others, news))) {
            dispatch.start();
            eventually("all are out", () -> sending.editionState().equals("sent"));
        }

        assertThat(one.count()).isZero();
        assertThat(other.count()).isEqualTo(50);
    }

    @OnBothDatabases
    void a_provider_that_is_paced_holds_up_no_other(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 400);
        everySecondAtGmail(sending);
        Pacing.Limit slow = new Pacing.Limit(new Rate(50, Duration.ofSeconds(1)), null);
        Pacing pacing =
                new Pacing(null, new Pacing.Limit(null, null), List.of(new Pacing.Provider("gmail", List.of(), slow)));

        try (Dispatch dispatch = sending.dispatch(settings(through("main", 1, one.port(), pacing, null)))) {
            dispatch.start();
            eventually("all others are out", () -> outside(sending, "example.org", "accepted") == 200);
            // The test's clock stands: what half a second makes up for, and no more.
            eventually("its first are out", () -> outside(sending, "gmail.com", "accepted") == 25);
            for (int out = 35; out < 200; out += 10) {
                clock.advance(Duration.ofMillis(200));
                int share = out;
                eventually("its share is out", () -> outside(sending, "gmail.com", "accepted") == share);
            }
            clock.advance(Duration.ofSeconds(1));
            eventually("it has ended", () -> sending.editionState().equals("sent"));
        }
    }

    @OnBothDatabases
    void a_provider_that_asks_for_less_is_left_alone_and_the_others_go_on(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 200);
        everySecondAtGmail(sending);
        one.answer((at, recipient) -> at == At.RCPT && recipient != null && recipient.contains("gmail.com")
                ? "421 4.7.28 unusual rate of mail"
                : null);
        SendSettings settings = settings(through("main", 1, one.port(), Pacing.NONE, null));
        int askedAtMost;

        try (Dispatch dispatch = sending.dispatch(settings)) {
            dispatch.start();
            eventually("all others are out", () -> outside(sending, "example.org", "accepted") == 100);
            eventually("gmail was asked", () -> outside(sending, "gmail.com", "deferred") > 0);
            eventually("nothing is in hand", () -> sending.count(DeliveryState.CLAIMED) == 0);
            askedAtMost = (int) outside(sending, "gmail.com", "deferred");
        }
        // Whoever was in flight when it was said first.
        assertThat(askedAtMost).isLessThanOrEqualTo(4);

        // It outlives a restart.
        try (Dispatch dispatch = sending.dispatch(settings)) {
            dispatch.start();
            clock.advance(Duration.ofSeconds(30));
            eventually("it looked", () -> sending.count(DeliveryState.CLAIMED) == 0);
            assertThat(outside(sending, "gmail.com", "deferred")).isEqualTo(askedAtMost);
            one.answer(SmtpSink.YES);
            eventually("it goes on, and ends", () -> {
                clock.advance(Duration.ofSeconds(20));
                return sending.editionState().equals("sent");
            });
        }
        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(200);
    }

    @OnBothDatabases
    void a_warm_up_sends_its_days_share_and_goes_on_at_midnight(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 50);
        WarmUp plan = new WarmUp(LocalDate.parse("2026-03-02"), 20, 1.5, 1_000);
        SendSettings settings = settings(through("new", 1, one.port(), Pacing.NONE, plan));

        try (Dispatch dispatch = sending.dispatch(settings)) {
            dispatch.start();
            eventually("the first day's are out", () -> sending.count(DeliveryState.ACCEPTED) == 20);
        }
        try (Dispatch dispatch = sending.dispatch(settings)) {
            dispatch.start();
            eventually("nothing is in hand", () -> sending.count(DeliveryState.CLAIMED) == 0);
            assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(20);
            clock.advance(Duration.ofHours(17));
            eventually("the second day's are out", () -> sending.count(DeliveryState.ACCEPTED) == 50);
        }
    }

    @OnBothDatabases
    void a_large_provider_that_never_lets_us_in_pauses_the_edition(TestDatabase test) {
        Sending sending = Sending.to(test, clock, 40);
        sending.run(
                "update subscriber set address = 'r' || id || '@outlook.com', address_key = 'r' || id || '@outlook.com'");
        sending.run("update delivery set domain = 'outlook.com'");
        one.answer((at, recipient) ->
                at == At.DOT ? "550 5.7.515 Access denied, sending domain does not meet the required level" : null);

        try (Dispatch dispatch = sending.dispatch(settings(through("main", 1, one.port(), Pacing.NONE, null)))) {
            dispatch.start();
            eventually("it is held back", () -> sending.editionState().equals("paused"));
            eventually("nothing is in hand", () -> sending.count(DeliveryState.CLAIMED) == 0);
        }

        assertThat(sending.count(DeliveryState.REFUSED)).isZero();
        assertThat(sending.count(DeliveryState.DEFERRED)).isBetween(1L, 4L);
        assertThat(sending.pausedWhy()).contains("microsoft does not take our mail", "5.7.515");
    }

    private static long outside(Sending sending, String domain, String state) {
        return sending.page().stream()
                .filter(one -> one.address().endsWith("@" + domain))
                .filter(one -> one.state().word().equals(state))
                .count();
    }
}
