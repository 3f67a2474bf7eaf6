package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.broadsheet.delivery.MxRoute.Nowhere;
import io.broadsheet.delivery.MxRoute.Stop;
import io.broadsheet.delivery.MxRoute.Through;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MtaStsTest {
    private static final String ENFORCE = policy("enforce", "mx1.example.net", "*.backup.example.net");

    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");
    private final AtomicInteger fetches = new AtomicInteger();

    @TempDir
    Path folder;

    private TestDns dns;
    private Fetcher fetcher;
    private HttpServer web;
    private volatile String published = ENFORCE;
    private volatile int status = 200;
    private volatile String type = "text/plain; charset=utf-8";

    @BeforeEach
    void open() throws IOException {
        dns = TestDns.open();
        fetcher = new Fetcher(FetchSettings.of("test").allowing(List.of("127.0.0.1")), clock);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            boolean moved = status == 302 && !exchange.getRequestURI().getPath().equals("/elsewhere");
            exchange.sendResponseHeaders(moved || status != 302 ? status : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        dns.ttl(0).txt("_mta-sts.example.org", "v=STSv1; id=20260101;");
    }

    @AfterEach
    void close() throws IOException {
        web.stop(0);
        fetcher.close();
        dns.close();
    }

    private MtaSts policies() {
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/.well-known/mta-sts.txt";
        return new MtaSts(dns.dns(), fetcher, folder, clock, domain -> url);
    }

    private static String policy(String mode, String... hosts) {
        StringBuilder policy = new StringBuilder("version: STSv1\r\nmode: " + mode + "\r\nmax_age: 604800\r\n");
        for (String host : hosts) {
            policy.append("mx: ").append(host).append("\r\n");
        }
        return policy.toString();
    }

    private void changes(String id) {
        dns.remove("_mta-sts.example.org").txt("_mta-sts.example.org", "v=STSv1; id=" + id + ";");
    }

    @Test
    void an_enforced_policy_leaves_only_the_servers_that_it_names_and_wants_a_good_certificate() {
        dns.mx("example.org", 5, "mx9.example.net")
                .mx("example.org", 10, "mx1.example.net")
                .mx("example.org", 20, "a.backup.example.net");
        for (String host : List.of("mx9.example.net", "mx1.example.net", "a.backup.example.net")) {
            dns.address(host, "9.9.9.9");
        }

        MxRoute route = new MxRoutes(dns.dns(), policies(), false, new Random(1)).route("example.org");

        List<Stop> stops = ((Through) route).stops();
        assertThat(stops).extracting(Stop::host).containsExactly("mx1.example.net", "a.backup.example.net");
        assertThat(stops).extracting(Stop::tls).containsOnly(Tls.STARTTLS);
    }

    @Test
    void mail_waits_when_an_enforced_policy_names_no_server_of_the_domain() {
        dns.mx("example.org", 10, "mx.evil.example").address("mx.evil.example", "9.9.9.9");

        MxRoute route = new MxRoutes(dns.dns(), policies(), false, new Random(1)).route("example.org");

        assertThat(((Nowhere) route).reply().isTransient()).isTrue();
    }

    @Test
    void a_policy_that_is_only_tested_stops_nothing() {
        published = policy("testing", "mx1.example.net");
        dns.mx("example.org", 10, "mx9.example.net").address("mx9.example.net", "9.9.9.9");

        MxRoute route = new MxRoutes(dns.dns(), policies(), false, new Random(1)).route("example.org");

        assertThat(((Through) route).stops()).extracting(Stop::tls).containsOnly(Tls.TESTED);
    }

    @Test
    void a_policy_is_fetched_once_while_it_holds() {
        MtaSts policies = policies();

        policies.of("example.org");
        clock.advance(Duration.ofDays(3));
        policies.of("Example.org");

        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_policy_outlives_a_restart() {
        policies().of("example.org");
        status = 500;

        assertThat(policies().of("example.org").mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_policy_holds_though_its_record_and_its_file_are_hidden_and_ends_with_its_age() {
        MtaSts policies = policies();
        policies.of("example.org");
        dns.remove("_mta-sts.example.org");

        clock.advance(Duration.ofDays(6));
        StsPolicy within = policies.of("example.org");
        clock.advance(Duration.ofDays(2));
        StsPolicy after = policies.of("example.org");

        assertThat(within.mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
        assertThat(after).isEqualTo(StsPolicy.NONE);
    }

    @Test
    void a_new_id_brings_the_new_policy() {
        MtaSts policies = policies();
        policies.of("example.org");
        published = policy("none");
        changes("20260102");

        assertThat(policies.of("example.org").mode()).isEqualTo(StsPolicy.Mode.NONE);
    }

    @Test
    void a_failed_fetch_keeps_the_old_policy_and_is_not_repeated_at_once() {
        MtaSts policies = policies();
        policies.of("example.org");
        changes("20260102");
        status = 500;

        StsPolicy first = policies.of("example.org");
        policies.of("example.org");
        int soon = fetches.get();
        clock.advance(Duration.ofMinutes(11));
        policies.of("example.org");

        assertThat(first.mode()).isEqualTo(StsPolicy.Mode.ENFORCE);
        assertThat(soon).isEqualTo(2);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void a_policy_that_was_moved_or_is_no_plain_text_is_none() {
        status = 302;
        StsPolicy moved = policies().of("example.org");
        status = 200;
        type = "text/html";
        StsPolicy page = policies().of("example.org");

        assertThat(moved).isEqualTo(StsPolicy.NONE);
        assertThat(page).isEqualTo(StsPolicy.NONE);
    }

    @Test
    void a_domain_without_the_record_is_never_fetched_from() {
        dns.txt("_mta-sts.two.example", "v=STSv1; id=1;").txt("_mta-sts.two.example", "v=STSv1; id=2;");
        dns.txt("_mta-sts.bad.example", "v=STSv1; id=..;");

        assertThat(policies().of("example.net")).isEqualTo(StsPolicy.NONE);
        assertThat(policies().of("two.example")).isEqualTo(StsPolicy.NONE);
        assertThat(policies().of("bad.example")).isEqualTo(StsPolicy.NONE);
        assertThat(policies().of("../../etc/passwd")).isEqualTo(StsPolicy.NONE);
        assertThat(fetches).hasValue(0);
    }

    @Test
    void what_is_no_policy_is_not_followed() {
        assertThat(StsPolicy.parse("version: STSv2\nmode: none\nmax_age: 1")).isEmpty();
        assertThat(StsPolicy.parse("version: STSv1\nmode: enforce\nmax_age: 86400"))
                .isEmpty();
        assertThat(StsPolicy.parse("version: STSv1\nmode: strict\nmx: a.example\nmax_age: 86400"))
                .isEmpty();
        assertThat(StsPolicy.parse("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1"))
                .isEmpty();
        assertThat(StsPolicy.parse("<html>")).isEmpty();
    }

    @Test
    void a_star_stands_for_one_label() {
        StsPolicy policy = StsPolicy.parse(policy("enforce", "*.example.net")).orElseThrow();

        assertThat(policy.names("mx.example.net")).isTrue();
        assertThat(policy.names("MX.Example.net")).isTrue();
        assertThat(policy.names("a.mx.example.net")).isFalse();
        assertThat(policy.names("example.net")).isFalse();
    }
}
