package io.broadsheet.delivery;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Pacing;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.test.TestDns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** From the queue to the receivers' own servers. */
class DirectDeliveryTest {
    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");

    @TempDir
    Path folder;

    private SmtpSink sink;
    private TestDns dns;
    private Fetcher fetcher;
    private SenderRoutes routes;

    @BeforeEach
    void open() {
        sink = SmtpSink.open();
        dns = TestDns.open();
        fetcher = new Fetcher(FetchSettings.of("test"), clock);
        routes = new SenderRoutes(dns::dns, fetcher, folder, clock, "news.example.org");
    }

    @AfterEach
    void close() throws IOException {
        fetcher.close();
        dns.close();
        sink.close();
    }

    private SenderSettings sender() {
        Direct direct = new Direct(sink.port(), 3, Duration.ofSeconds(2), Duration.ofSeconds(5), true);
        return new SenderSettings("own", 1, List.of(), null, direct, Pacing.NONE, null);
    }

    private Dispatch dispatch(Sending sending) {
        return sending.dispatch(
                new SendSettings(
                        List.of(sender()),
                        "news.example.org",
                        ZoneOffset.UTC,
                        List.of(Duration.ofMinutes(5)),
                        Duration.ofDays(2),
                        null),
                routes);
    }

    @OnBothDatabases
    void mail_goes_to_the_servers_that_the_domain_names(TestDatabase test) {
        dns.mx("example.org", 10, "dead.example.net").mx("example.org", 20, "mx.example.net");
        dns.address("dead.example.net", "127.0.0.9").address("mx.example.net", "127.0.0.1");
        Sending sending = Sending.to(test, clock, 30);

        try (Dispatch dispatch = dispatch(sending)) {
            dispatch.start();
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sending.count(DeliveryState.ACCEPTED)).isEqualTo(30);
        assertThat(sink.taken()).hasSize(30).doesNotHaveDuplicates();
    }

    @OnBothDatabases
    void a_domain_that_takes_no_mail_is_refused_and_trouble_in_dns_waits(TestDatabase test) {
        dns.mx("example.org", 0, "").mx("example.net", 10, "mx.example.net").fails("example.net", Rcode.SERVFAIL);
        dns.address("mx.example.net", "127.0.0.1");
        Sending sending = Sending.to(test, clock, 2);
        sending.run("update subscriber set address = 'r2@example.net', address_key = 'r2@example.net' where id = 2");

        try (Dispatch dispatch = dispatch(sending)) {
            dispatch.start();
            eventually("one is refused", () -> sending.count(DeliveryState.REFUSED) == 1);
            eventually("one waits", () -> sending.count(DeliveryState.DEFERRED) == 1);
            assertThat(sending.delivery(1).reply()).startsWith("556 5.1.10");
            assertThat(sending.delivery(2).reply()).contains("4.4.3");
            dns.recovers("example.net");
            clock.advance(Duration.ofMinutes(6));
            eventually("the edition is sent", () -> sending.editionState().equals("sent"));
        }

        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void domains_of_one_provider_share_a_connection_and_a_pace() {
        Providers providers = new Providers(Pacing.NONE);
        dns.mx("one.example", 10, "a.mail.example").mx("one.example", 10, "b.mail.example");
        dns.mx("two.example", 10, "b.mail.example").mx("two.example", 10, "a.mail.example");
        dns.address("a.mail.example", "127.0.0.1").address("b.mail.example", "127.0.0.1");
        Routes ways = routes.of(sender(), providers);

        Route.Via one = (Route.Via) ways.to("one.example");
        Route.Via two = (Route.Via) ways.to("two.example");

        assertThat(one.key()).isEqualTo(two.key());
        assertThat(providers.of("one.example")).isEqualTo("mail.example").isEqualTo(providers.of("two.example"));
    }
}
