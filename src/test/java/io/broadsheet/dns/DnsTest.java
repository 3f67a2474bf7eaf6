package io.broadsheet.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.dns.Answer.Kind;
import io.broadsheet.test.TestDns;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class DnsTest {
    private TestDns server;
    private Dns dns;

    @BeforeEach
    void open() {
        server = TestDns.open();
        dns = server.dns();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void mail_hosts_come_with_the_lowest_preference_first() {
        server.mx("example.org", 20, "Backup.example.org").mx("example.org", 10, "mx.example.org");

        Answer<MailHost> answer = dns.mx("Example.ORG");

        assertThat(answer.values())
                .containsExactly(new MailHost(10, "mx.example.org"), new MailHost(20, "backup.example.org"));
    }

    @Test
    void a_null_mx_is_a_host_without_a_name() {
        server.mx("example.org", 0, "");

        assertThat(dns.mx("example.org").values()).containsExactly(new MailHost(0, ""));
    }

    @Test
    void a_long_text_is_put_together_again() {
        String key = "v=DKIM1; p=" + "A".repeat(700);
        server.txt("s1._domainkey.example.org", key);

        assertThat(dns.txt("s1._domainkey.example.org").values()).containsExactly(key);
    }

    @Test
    void an_answer_that_does_not_fit_is_fetched_over_tcp() {
        for (int number = 0; number < 40; number++) {
            server.txt("example.org", "v=text" + number + " " + "x".repeat(80));
        }

        Answer<String> answer = dns.txt("example.org");

        assertThat(answer.values()).hasSize(40);
        assertThat(server.questions()).extracting(TestDns.Question::tcp).containsExactly(false, true);
    }

    @Test
    void addresses_are_of_both_kinds_with_ipv6_first() throws IOException {
        server.address("mx.example.org", "192.0.2.1").address("mx.example.org", "2001:db8::1");

        assertThat(dns.addresses("mx.example.org").values())
                .containsExactly(InetAddress.getByName("2001:db8::1"), InetAddress.getByName("192.0.2.1"));
    }

    @Test
    void one_kind_of_address_is_enough() throws IOException {
        server.address("mx.example.org", "192.0.2.1");

        assertThat(dns.addresses("mx.example.org").values()).containsExactly(InetAddress.getByName("192.0.2.1"));
    }

    @Test
    void an_address_has_its_names() throws IOException {
        server.reverse("192.0.2.1", "Mail.example.org").reverse("2001:db8::1", "six.example.org");

        assertThat(dns.reverse(InetAddress.getByName("192.0.2.1")).values()).containsExactly("mail.example.org");
        assertThat(dns.reverse(InetAddress.getByName("2001:db8::1")).values()).containsExactly("six.example.org");
    }

    @Test
    void what_is_not_there_is_told_from_what_has_no_such_record() {
        server.empty("example.org");

        assertThat(dns.mx("nowhere.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(dns.addresses("nowhere.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(dns.mx("example.org").kind()).isEqualTo(Kind.NO_SUCH_DATA);
        assertThat(dns.addresses("example.org").kind()).isEqualTo(Kind.NO_SUCH_DATA);
    }

    @Test
    void a_server_that_fails_is_trouble_and_not_absence() {
        server.fails("example.org", Rcode.SERVFAIL).fails("example.net", Rcode.REFUSED);

        assertThat(dns.mx("example.org").kind()).isEqualTo(Kind.TROUBLE);
        assertThat(dns.addresses("example.org").kind()).isEqualTo(Kind.TROUBLE);
        assertThat(dns.mx("example.net").why()).isEqualTo("DNS gives no MX of example.net: REFUSED");
    }

    @Test
    void trouble_is_not_kept() {
        server.fails("example.org", Rcode.SERVFAIL).mx("example.org", 10, "mx.example.org");
        dns.mx("example.org");

        server.recovers("example.org");

        assertThat(dns.mx("example.org").isFound()).isTrue();
    }

    @Test
    void a_server_that_is_silent_is_given_up_in_time() {
        server.silent("example.org");
        Stopwatch watch = Stopwatch.start();

        Answer<MailHost> answer = new Dns(List.of(server.address()), Duration.ofMillis(200)).mx("example.org");

        assertThat(answer.isTrouble()).isTrue();
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void the_next_server_is_asked_when_one_fails() throws IOException {
        try (TestDns other = TestDns.open()) {
            server.fails("example.org", Rcode.SERVFAIL);
            other.mx("example.org", 10, "mx.example.org");

            Answer<MailHost> answer = new Dns(List.of(server.address(), other.address())).mx("example.org");

            assertThat(answer.isFound()).isTrue();
        }
    }

    @Test
    void a_chain_of_aliases_is_followed_to_its_end() throws IOException {
        for (int step = 0; step < 8; step++) {
            server.cname("alias" + step + ".example", "alias" + (step + 1) + ".example");
        }
        server.address("alias8.example", "192.0.2.8");

        assertThat(dns.addresses("alias0.example").values()).containsExactly(InetAddress.getByName("192.0.2.8"));
    }

    @Test
    void an_alias_that_leads_nowhere_is_no_such_name() {
        server.cname("alias.example", "gone.example");

        assertThat(dns.addresses("alias.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
    }

    @Test
    void aliases_that_go_in_a_circle_end_as_trouble() {
        server.cname("one.example", "two.example").cname("two.example", "one.example");
        server.cname("self.example", "self.example");

        assertThat(dns.addresses("one.example").kind()).isEqualTo(Kind.TROUBLE);
        assertThat(dns.addresses("self.example").kind()).isEqualTo(Kind.TROUBLE);
        assertThat(server.questions()).hasSizeLessThan(100);
    }

    @Test
    void what_was_answered_is_not_asked_again() {
        server.mx("example.org", 10, "mx.example.org");

        dns.mx("example.org");
        dns.mx("example.org");

        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void what_may_not_be_kept_is_asked_again() {
        server.ttl(0).mx("example.org", 10, "mx.example.org");

        dns.mx("example.org");
        dns.mx("example.org");

        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void names_in_other_scripts_are_asked_in_ascii() {
        server.mx("xn--bcher-kva.example", 10, "mx.example.org");

        assertThat(dns.mx("bücher.example").isFound()).isTrue();
    }

    @Test
    void what_can_be_no_name_is_not_asked() {
        assertThat(dns.mx("a..example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(dns.mx("x".repeat(64) + ".example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(dns.mx("ü".repeat(300) + ".example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(server.questions()).isEmpty();
    }
}
