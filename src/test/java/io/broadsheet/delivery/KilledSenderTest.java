package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Promise 3, with real processes, killed at random moments. {@code -Dbroadsheet.kills=20 -Dbroadsheet.recipients=2000} runs it in full.
 */
class KilledSenderTest {
    private static final int KILLS = Integer.getInteger("broadsheet.kills", 3);
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 2_000);
    private static final int CONNECTIONS = 10;

    @OnBothDatabases
    void a_delivery_is_never_lost_and_repeated_at_most_once_a_connection_and_kill(TestDatabase test) throws Exception {
        long seed = Long.getLong("broadsheet.seed", System.nanoTime());
        Random random = new Random(seed);
        Sending sending = Sending.to(test, Clock.systemUTC(), RECIPIENTS);
        try (SmtpSink sink = SmtpSink.open()) {
            sink.answer((at, recipient) -> {
                if (at == At.DOT) {
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
                return null;
            });

            for (int kill = 1; kill <= KILLS; kill++) {
                int before = sink.count();
                int target = before + 1 + random.nextInt(Math.max(1, (RECIPIENTS - before) / (KILLS - kill + 2)));
                Process process = start(test, sink.port());
                try {
                    eventually("it is in the midst of it", () -> sink.count() >= target || !process.isAlive());
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            Process last = start(test, sink.port());
            try {
                eventually("the edition is sent", () -> sending.editionState().equals("sent"));
            } finally {
                last.destroy();
            }
            assertThat(last.waitFor()).isEqualTo(143);

            List<Taken> taken = sink.taken();
            Set<Taken> distinct = new HashSet<>(taken);
            assertThat(distinct)
                    .as("seed %d: each has its mail, under its one Message-ID", seed)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, RECIPIENTS)
                            .mapToObj(id -> new Taken(Sending.messageId(id), "r" + id + "@example.org"))
                            .toList());
            int repeated = taken.size() - distinct.size();
            System.out.println(
                    test + ": " + RECIPIENTS + " recipients, " + KILLS + " kills: lost 0, repeated " + repeated);
            assertThat(repeated).as("seed %d: repeats", seed).isLessThanOrEqualTo(KILLS * CONNECTIONS);
            assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(RECIPIENTS);
        }
    }

    private static Process start(TestDatabase test, int port) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SendingProcess.class.getName(),
                        test.address().url(),
                        test.home().toString(),
                        Integer.toString(port),
                        Integer.toString(CONNECTIONS))
                .redirectErrorStream(true)
                .redirectOutput(new File(test.home().toFile(), "process.log"))
                .start();
    }
}
