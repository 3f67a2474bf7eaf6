package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.MxRoute.Nowhere;
import io.broadsheet.delivery.MxRoute.Stop;
import io.broadsheet.delivery.MxRoute.Through;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

class MxRoutesTest {
    private final TestClock clock = TestClock.at("2026-03-02T07:00:00Z");

    @TempDir
    Path folder;

    private TestDns dns;
    private Fetcher fetcher;

    @BeforeEach
    void open() {
        dns = TestDns.open();
        fetcher = new Fetcher(FetchSettings.of("test"), clock);
    }

    @AfterEach
    void close() throws IOException {
        fetcher.close();
        dns.close();
    }

    private MxRoute route(String domain) {
        return route(domain, false);
    }

    private MxRoute route(String domain, boolean allowPrivate) {
        MtaSts policies = new MtaSts(dns.dns(), fetcher, folder, clock);
        return new MxRoutes(dns.dns(), policies, allowPrivate, new Random(1)).route(domain);
    }

    private List<String> hosts(String domain) {
        return ((Through) route(domain)).stops().stream().map(Stop::host).toList();
    }

    private String refusal(String domain) {
        return ((Nowhere) route(domain)).reply().line();
    }

    @Test
    void the_lowest_preference_is_tried_first() {
        dns.mx("example.org", 30, "c.example.net")
                .mx("example.org", 10, "a.example.net")
                .mx("example.org", 20, "b.example.net");
        dns.address("a.example.net", "9.9.9.1")
                .address("b.example.net", "9.9.9.2")
                .address("c.example.net", "9.9.9.3");

        assertThat(hosts("example.org")).containsExactly("a.example.net", "b.example.net", "c.example.net");
    }

    @Test
    void servers_of_equal_preference_share_the_load() {
        dns.mx("example.org", 10, "a.example.net")
                .mx("example.org", 10, "b.example.net")
                .mx("example.org", 20, "z.example.net");
        dns.address("a.example.net", "9.9.9.1")
                .address("b.example.net", "9.9.9.2")
                .address("z.example.net", "9.9.9.3");
        MxRoutes routes = new MxRoutes(dns.dns(), new MtaSts(dns.dns(), fetcher, folder, clock), false, new Random(1));

        Set<List<String>> orders = new HashSet<>();
        for (int turn = 0; turn < 50; turn++) {
            orders.add(((Through) routes.route("example.org"))
                    .stops().stream().map(Stop::host).toList());
        }

        assertThat(orders)
                .containsExactlyInAnyOrder(
                        List.of("a.example.net", "b.example.net", "z.example.net"),
                        List.of("b.example.net", "a.example.net", "z.example.net"));
    }

    @Test
    void a_domain_without_mail_servers_is_its_own() {
        dns.address("example.org", "9.9.9.9");

        assertThat(hosts("example.org")).containsExactly("example.org");
    }

    @Test
    void ipv6_comes_first_and_ipv4_has_its_turn_before_all_of_it_was_waited_for() {
        dns.mx("example.org", 10, "mx.example.net");
        dns.address("mx.example.net", "2620:fe::1").address("mx.example.net", "2620:fe::2");
        dns.address("mx.example.net", "9.9.9.1").address("mx.example.net", "9.9.9.2");

        List<Stop> stops = ((Through) route("example.org")).stops();

        assertThat(stops).extracting(stop -> stop.address().getAddress().length).containsExactly(16, 4, 16, 4);
    }

    @Test
    void a_domain_that_takes_no_mail_is_refused_for_good() {
        dns.mx("example.org", 0, "");

        assertThat(refusal("example.org")).isEqualTo("556 5.1.10 example.org takes no mail (RFC 7505)");
    }

    @Test
    void a_domain_that_does_not_exist_is_refused_for_good() {
        assertThat(refusal("nowhere.example")).isEqualTo("550 5.1.2 nowhere.example does not exist in DNS");
    }

    @Test
    void a_domain_with_neither_server_nor_address_is_refused_for_good() {
        dns.txt("example.org", "v=spf1 -all");

        assertThat(refusal("example.org")).startsWith("550 5.1.2 ");
    }

    @Test
    void servers_without_addresses_are_refused_for_good() {
        dns.mx("example.org", 10, "gone.example.net");

        assertThat(refusal("example.org")).startsWith("550 5.4.4 ");
    }

    @Test
    void trouble_in_dns_is_tried_later() {
        dns.fails("example.org", Rcode.SERVFAIL);
        dns.mx("example.net", 10, "mx.example.net").fails("mx.example.net", Rcode.SERVFAIL);

        assertThat(refusal("example.org")).startsWith("451 4.4.3 ");
        assertThat(refusal("example.net")).startsWith("451 4.4.3 ");
    }

    @Test
    void one_server_with_an_address_is_enough() {
        dns.mx("example.org", 10, "gone.example.net").mx("example.org", 20, "here.example.net");
        dns.address("here.example.net", "9.9.9.9");

        assertThat(hosts("example.org")).containsExactly("here.example.net");
    }

    @Test
    void private_addresses_are_gone_to_only_where_allowed() {
        dns.mx("example.org", 10, "mx.example.net")
                .address("mx.example.net", "127.0.0.1")
                .address("mx.example.net", "10.0.0.1");

        assertThat(refusal("example.org")).startsWith("550 5.4.4 ").contains("private");
        assertThat(((Through) route("example.org", true)).stops()).hasSize(2);
    }

    @Test
    void a_domain_with_very_many_servers_costs_us_no_more_than_eight_tries() {
        for (int number = 0; number < 60; number++) {
            dns.mx("example.org", 10, "mx" + number + ".example.net")
                    .address("mx" + number + ".example.net", "9.9.9." + number);
        }

        assertThat(hosts("example.org")).hasSize(8);
    }

    @Test
    void without_a_policy_tls_is_used_where_it_is_offered() {
        dns.mx("example.org", 10, "mx.example.net").address("mx.example.net", "9.9.9.9");

        assertThat(((Through) route("example.org")).stops())
                .extracting(Stop::tls)
                .containsOnly(Tls.WHERE_OFFERED);
    }

    @Test
    void the_provider_is_told_by_the_name_of_its_server() {
        assertThat(ProviderGroup.of("aspmx.l.google.com")).isEqualTo("gmail");
        assertThat(ProviderGroup.of("mta5.am0.yahoodns.net")).isEqualTo("yahoo");
        assertThat(ProviderGroup.of("Example-org.mail.protection.outlook.com")).isEqualTo("microsoft");
        assertThat(ProviderGroup.of("hotmail-com.olc.protection.outlook.com")).isEqualTo("microsoft");
        assertThat(ProviderGroup.of("mx01.mail.icloud.com")).isEqualTo("apple");
        assertThat(ProviderGroup.of("mx1.example.co.uk")).isEqualTo("example.co.uk");
        assertThat(ProviderGroup.of("a.b.example.org")).isEqualTo("example.org");
        assertThat(ProviderGroup.of("notgoogle.com")).isEqualTo("notgoogle.com");
    }
}
