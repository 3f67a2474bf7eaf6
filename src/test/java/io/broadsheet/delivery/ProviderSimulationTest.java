package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The right action for each of the large providers' refusals, and none of them hammered, on a clock that the test moves minute by minute. */
class ProviderSimulationTest {
    private static final int CONNECTIONS = 5;
    private static final int MINUTES_MAX = 60;
    private static final Duration QUIET = Duration.ofMillis(1_300);

    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");
    private final ProviderSimulation providers = new ProviderSimulation(clock);
    private final TestDatabase database = TestDatabase.sqlite();
    private final SmtpSink sink = SmtpSink.open();

    @BeforeEach
    void answer() {
        sink.answer(providers);
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
        database.close();
    }

    @Test
    void each_provider_is_treated_as_it_asks_and_none_is_hammered() {
        Sending sending = Sending.to(database, clock, 130);
        live(sending, 1, 40, "gmail.com");
        live(sending, 41, 60, "yahoo.com");
        live(sending, 61, 70, "grey.example");
        live(sending, 71, 75, "full.example");

        try (Dispatch dispatch = sending.sender(settings())) {
            dispatch.start();
            eventually("those whose servers take all have it", () -> taken("example.org") == 55);
            assertThat(clock.instant()).as("without waiting for anybody").isEqualTo("2026-03-02T07:00:00Z");
            for (int minute = 0; minute < MINUTES_MAX && taken("gmail.com") + taken("yahoo.com") < 60; minute++) {
                settle();
                clock.advance(Duration.ofMinutes(1));
            }
            settle();
        }

        assertThat(sink.taken()).doesNotHaveDuplicates();
        assertThat(taken("gmail.com")).isEqualTo(40);
        assertThat(taken("yahoo.com")).isEqualTo(20);
        assertThat(taken("grey.example")).isEqualTo(10);
        assertThat(providers.tries("grey.example"))
                .as("each once more, after its wait")
                .isEqualTo(20);
        assertThat(states(sending, "full.example")).containsOnly(DeliveryState.DEFERRED);
        notHammered("gmail.com");
        notHammered("yahoo.com");
    }

    @Test
    void a_provider_that_does_not_take_our_mail_as_it_is_pauses_the_edition() {
        Sending sending = Sending.to(database, clock, 40);
        live(sending, 1, 40, "outlook.com");

        try (Dispatch dispatch = sending.sender(settings())) {
            dispatch.start();
            eventually("it is paused", () -> sending.editionState().equals("paused"));
            settle();
            int before = providers.tries("outlook.com");
            clock.advance(Duration.ofMinutes(30));
            settle();
            assertThat(providers.tries("outlook.com"))
                    .as("nothing more goes out")
                    .isEqualTo(before);
            assertThat(before).as("but what was on its way").isLessThanOrEqualTo(CONNECTIONS);
            assertThat(sending.count(DeliveryState.REFUSED)).isZero();

            providers.authenticate();
            sending.run("update edition set state = 'sending', paused_why = null");
            for (int minute = 0; minute < MINUTES_MAX && taken("outlook.com") < 40; minute++) {
                settle();
                clock.advance(Duration.ofMinutes(5));
            }
        }

        assertThat(sink.taken()).hasSize(40).doesNotHaveDuplicates();
    }

    /** The readers with these ids have their mailbox there. */
    private static void live(Sending sending, long from, long to, String domain) {
        sending.run("update subscriber set address = 'r' || id || '@" + domain + "', address_key = 'r' || id || '@"
                + domain + "' where id between " + from + " and " + to);
        sending.run("update delivery set domain = '" + domain + "' where subscriber_id between " + from + " and " + to);
    }

    private SmtpSettings settings() {
        return SmtpSettings.of(sink.port())
                .connections(CONNECTIONS)
                .retry(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4));
    }

    /** Until nobody has tried anything for a moment longer than the claimer's own rounds. */
    private void settle() {
        int[] seen = {-1};
        long[] since = {System.nanoTime()};
        eventually("it has settled", () -> {
            int now = providers.allTries();
            if (now != seen[0]) {
                seen[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > QUIET.toNanos();
        });
    }

    private long taken(String domain) {
        return sink.taken().stream()
                .map(Taken::recipient)
                .filter(to -> to.endsWith("@" + domain))
                .count();
    }

    private static List<DeliveryState> states(Sending sending, String domain) {
        return sending.page().stream()
                .filter(one -> one.address().endsWith("@" + domain))
                .map(Delivery::state)
                .toList();
    }

    /** Connections that are told side by side are told at once; most minutes pass without a single try that is refused. */
    private void notHammered(String domain) {
        Map<Long, Integer> refusals = providers.refusals(domain);
        long minutes = Duration.between(Instant.parse("2026-03-02T07:00:00Z"), clock.instant())
                .toMinutes();
        System.out.println(domain + " said no in " + minutes + " minutes, by minute: " + refusals);
        assertThat(refusals.values()).as("%s: in a minute", domain).allMatch(times -> times <= CONNECTIONS);
        assertThat((long) refusals.size())
                .as("%s: minutes in which it said no", domain)
                .isLessThanOrEqualTo(minutes / 2 + 1);
    }
}
