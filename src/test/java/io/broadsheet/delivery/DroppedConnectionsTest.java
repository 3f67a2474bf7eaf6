package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * A mail server that breaks connections off, at each phase of the dialogue in turn and then at all of them: nobody is left out, and only what broke
 * between the final dot and its reply comes twice, under one Message-ID. In full: {@code -Dbroadsheet.recipients=20000 -Dbroadsheet.drops=200}.
 */
class DroppedConnectionsTest {
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 60);
    private static final int DROPS = Integer.getInteger("broadsheet.drops", 2);
    private static final int CONNECTIONS = 10;

    private final Random random = new Random();
    private final Map<At, AtomicInteger> dropped = new EnumMap<>(At.class);

    @OnBothDatabases
    void a_connection_that_breaks_at_any_phase_loses_nobody_and_repeats_only_past_the_dot(TestDatabase test)
            throws IOException {
        Sending sending = Sending.to(test, Clock.systemUTC(), RECIPIENTS);
        for (At phase : At.values()) {
            int repeated = run(test, sending, List.of(phase));

            assertThat(repeated)
                    .as("%s: a repeat for each connection that broke between dot and reply, and none else", phase)
                    .isEqualTo(phase == At.DOT ? dropped.get(At.DOT).get() : 0);
        }
        int repeated = run(test, sending, List.of(At.values()));
        assertThat(repeated).isEqualTo(dropped.get(At.DOT).get());
    }

    /** Sends the edition once more from its beginning; answers how many messages came twice. */
    private int run(TestDatabase test, Sending sending, List<At> phases) throws IOException {
        sending.run("update delivery set state = 'queued', reply = null, attempts = 0");
        sending.run("update edition set state = 'sending', ended_at = null");
        Map<At, Set<Integer>> turns = turns(phases);
        Map<At, AtomicInteger> calls = new EnumMap<>(At.class);
        phases.forEach(phase -> calls.put(phase, new AtomicInteger()));
        dropped.clear();
        phases.forEach(phase -> dropped.put(phase, new AtomicInteger()));
        try (SmtpSink sink = SmtpSink.open()) {
            sink.answer((at, recipient) -> {
                boolean turn = turns.containsKey(at)
                        && turns.get(at).contains(calls.get(at).incrementAndGet());
                if (turn) {
                    dropped.get(at).incrementAndGet();
                }
                return turn ? SmtpSink.DROP : null;
            });
            SmtpSettings smtp = SmtpSettings.of(sink.port())
                    .connections(CONNECTIONS)
                    .retry(Duration.ofMillis(100))
                    .timeout(Duration.ofSeconds(30));
            try (Dispatch sender = sending.sender(smtp)) {
                sender.start();
                eventually(
                        phases + ": the edition is sent",
                        Duration.ofMinutes(5),
                        () -> sending.editionState().equals("sent"));
            }
            List<Taken> taken = sink.taken();
            Set<Taken> distinct = new HashSet<>(taken);
            assertThat(distinct)
                    .as("%s: each has its mail, under its one Message-ID", phases)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, RECIPIENTS)
                            .mapToObj(id -> new Taken(Sending.messageId(id), "r" + id + "@example.org"))
                            .toList());
            assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(RECIPIENTS);
            int drops = dropped.values().stream().mapToInt(AtomicInteger::get).sum();
            int repeated = taken.size() - distinct.size();
            System.out.printf(
                    "%s, %s: %d recipients, %d connections broken off: lost 0, repeated %d%n",
                    test, phases.size() == 1 ? phases.get(0) : "all phases", RECIPIENTS, drops, repeated);
            return repeated;
        }
    }

    /** Each phase breaks at moments chosen ahead: among its first calls, of which there is one a message, or one a connection. */
    private Map<At, Set<Integer>> turns(List<At> phases) {
        Map<At, Set<Integer>> turns = new EnumMap<>(At.class);
        for (At phase : phases) {
            boolean ofConnection = phase == At.CONNECT || phase == At.EHLO || phase == At.QUIT;
            int calls = ofConnection ? CONNECTIONS : RECIPIENTS;
            Set<Integer> chosen = new HashSet<>();
            while (chosen.size() < Math.min(DROPS, calls / 2)) {
                chosen.add(1 + random.nextInt(calls));
            }
            turns.put(phase, chosen);
        }
        return turns;
    }
}
