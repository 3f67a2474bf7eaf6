package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.db.Database;
import io.broadsheet.db.DatabaseAddress;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.test.CuttableProxy;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;

/**
 * PostgreSQL goes away while an edition is under way, and comes back: delivery holds, and goes on. In full:
 * {@code -Dbroadsheet.gone-seconds=10 -Dbroadsheet.recipients=20000}.
 */
class DatabaseGoneTest {
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 600);
    private static final Duration GONE = Duration.ofSeconds(Integer.getInteger("broadsheet.gone-seconds", 2));
    private static final int CONNECTIONS = 10;
    private static final Duration SLOW = Duration.ofMillis(5);

    @OnBothDatabases
    void a_database_that_goes_away_in_the_middle_costs_nothing_but_time(TestDatabase test) throws Exception {
        Assumptions.assumeFalse(test.isSqlite(), "SQLite is a file of ours: it can't go away");
        Sending sending = Sending.to(test, Clock.systemUTC(), RECIPIENTS);
        URI server = URI.create(test.address().url().substring("jdbc:".length()));
        try (SmtpSink sink = SmtpSink.open();
                CuttableProxy line = new CuttableProxy(server.getPort());
                Database database = through(line, test, server);
                Node node = node(database, test);
                Dispatch sender = Sending.sender(
                        database,
                        Clock.systemUTC(),
                        node,
                        SmtpSettings.of(sink.port()).connections(CONNECTIONS))) {
            sink.answer((at, recipient) -> {
                if (at == At.DOT) {
                    LockSupport.parkNanos(SLOW.toNanos());
                }
                return null;
            });
            sender.start();
            eventually("it is in the midst of it", () -> sink.count() > RECIPIENTS / 3);

            line.cut();
            int atCut = sink.count();
            long until = System.nanoTime() + GONE.toNanos();
            eventually("the time is over", GONE.plusSeconds(5), () -> System.nanoTime() > until);
            int meanwhile = sink.count() - atCut;
            line.mend();
            long mended = System.nanoTime();
            eventually("it goes on", Duration.ofMinutes(2), () -> sink.count() > atCut + meanwhile);
            long resumedMs = Duration.ofNanos(System.nanoTime() - mended).toMillis();
            eventually(
                    "the edition is sent",
                    Duration.ofMinutes(5),
                    () -> sending.editionState().equals("sent"));

            List<Taken> taken = sink.taken();
            Set<Taken> distinct = new HashSet<>(taken);
            int repeated = taken.size() - distinct.size();
            System.out.printf(
                    "%s gone for %d s at %d of %d: lost 0, repeated %d; %d messages went out meanwhile; on again %d ms after it came back%n",
                    test, GONE.toSeconds(), atCut, RECIPIENTS, repeated, meanwhile, resumedMs);
            assertThat(distinct)
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, RECIPIENTS)
                            .mapToObj(id -> new Taken(Sending.messageId(id), "r" + id + "@example.org"))
                            .toList());
            assertThat(meanwhile)
                    .as("without a database at most what had its record goes out")
                    .isLessThanOrEqualTo(CONNECTIONS);
            assertThat(repeated).as("repeats").isZero();
            assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(RECIPIENTS);
        }
    }

    private static Database through(CuttableProxy line, TestDatabase test, URI server) {
        String url = test.address().url().replace(":" + server.getPort() + "/", ":" + line.port() + "/");
        return Database.open(new DatabaseAddress(url, null, null, test.home()));
    }

    private static Node node(Database database, TestDatabase test) {
        return Node.join(
                database,
                test.home().resolve("data"),
                Node.Kind.SERVE,
                new Ids(Clock.systemUTC()),
                Clock.systemUTC(),
                "test");
    }
}
