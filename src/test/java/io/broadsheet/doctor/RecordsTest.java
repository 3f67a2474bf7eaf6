package io.broadsheet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.doctor.Finding.Verdict;
import io.broadsheet.test.TestDns;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SPF, reverse names and DMARC, against a DNS server of the test's own. */
class RecordsTest {
    private static final String OURS = "203.0.113.7";

    private final TestDns names = TestDns.open();

    @AfterEach
    void close() throws IOException {
        names.close();
    }

    @Test
    void each_mechanism_lets_its_addresses_send() throws Exception {
        names.address("mx1.example.org", OURS).mx("example.org", 10, "mx1.example.org");
        names.address("other.example", "198.51.100.1");
        names.txt("_spf.example.net", "v=spf1 ip4:203.0.113.0/28 -all");

        for (String mechanism : List.of(
                "ip4:203.0.113.0/24",
                "ip4:203.0.113.7",
                "a",
                "a:mx1.example.org/28",
                "mx",
                "mx:example.org",
                "include:_spf.example.net",
                "exists:other.example")) {
            assertThat(spf("v=spf1 " + mechanism + " -all")).as(mechanism).isEqualTo(Spf.Result.PASS);
        }
        assertThat(spf("v=spf1 redirect=_spf.example.net")).isEqualTo(Spf.Result.PASS);
    }

    @Test
    void what_no_mechanism_names_may_not_send() throws Exception {
        names.txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/24 +all");
        names.txt("_few.example.net", "v=spf1 ip4:198.51.100.0/24 -all");

        assertThat(spf("v=spf1 ip4:203.0.113.8/29 -ip4:203.0.113.7 -all")).isEqualTo(Spf.Result.OTHER);
        assertThat(spf("v=spf1 -ip4:203.0.113.7 +all")).isEqualTo(Spf.Result.OTHER);
        assertThat(spf("v=spf1 ip6:2001:db8::/32 ~all")).isEqualTo(Spf.Result.OTHER);
        assertThat(spf("v=spf1 include:_few.example.net -all")).isEqualTo(Spf.Result.OTHER);
        assertThat(spf("v=spf1 -all")).isEqualTo(Spf.Result.OTHER);
        assertThat(spf("v=spf1")).isEqualTo(Spf.Result.OTHER);
    }

    @Test
    void loops_missing_includes_and_nonsense_count_as_broken() throws Exception {
        names.txt("loop.example", "v=spf1 include:loop.example -all");

        assertThat(spf("v=spf1 include:loop.example -all")).isEqualTo(Spf.Result.BROKEN);
        assertThat(spf("v=spf1 include:nowhere.example -all")).isEqualTo(Spf.Result.BROKEN);
        assertThat(spf("v=spf1 ipv4:203.0.113.7 -all")).isEqualTo(Spf.Result.BROKEN);
        assertThat(spf("v=spf1 exists:%{i}.example -all")).isEqualTo(Spf.Result.UNCLEAR);
    }

    @Test
    void a_record_that_lets_everybody_send_fails_and_two_count_as_none() {
        names.txt("all.example", "v=spf1 mx +all");
        names.txt("two.example", "v=spf1 -all").txt("two.example", "v=spf1 mx -all");

        assertThat(new Records(names.dns())
                        .spfOfServer("all.example", "smtp.example.net")
                        .found())
                .contains("+all");
        assertThat(new Records(names.dns())
                        .spfOfServer("two.example", "smtp.example.net")
                        .found())
                .contains("2 SPF records");
    }

    @Test
    void of_a_mail_server_only_its_own_address_can_be_seen() {
        names.address("smtp.example.net", OURS);
        names.txt("a.example", "v=spf1 ip4:203.0.113.7 -all").txt("b.example", "v=spf1 ip4:198.51.100.1 -all");

        Records records = new Records(names.dns());

        assertThat(records.spfOfServer("a.example", "smtp.example.net").verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(records.spfOfServer("b.example", "smtp.example.net").verdict())
                .isEqualTo(Verdict.UNSEEN);
        assertThat(records.spfOfServer("c.example", "smtp.example.net").verdict())
                .isEqualTo(Verdict.FAIL);
        names.fails("d.example", 2);
        assertThat(records.spfOfServer("d.example", "smtp.example.net").verdict())
                .isEqualTo(Verdict.UNSEEN);
    }

    @Test
    void a_reverse_name_must_lead_back() {
        names.address("news.example.org", OURS).address("half.example.org", "198.51.100.9");
        names.reverse(OURS, "news.example.org").reverse("198.51.100.9", "elsewhere.example");

        Records records = new Records(names.dns());

        assertThat(records.reverse("news.example.org"))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.PASS);
        assertThat(records.reverse("half.example.org"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("does not lead back"));
        assertThat(records.reverse("nowhere.example.org"))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.FAIL);
    }

    @Test
    void dmarc_of_the_domain_above_counts_and_alignment_is_by_key_or_path() {
        names.txt("_dmarc.example.org", "v=DMARC1; p=none; rua=mailto:x@example.org");
        names.txt("_dmarc.strict.example", "v=DMARC1; p=reject; adkim=s; aspf=s");
        Dmarc dmarc = new Dmarc(names.dns());

        assertThat(dmarc.look("news.example.org", List.of("example.org"), "bounce.example.net")
                        .found())
                .isEqualTo("p=none, aligned by DKIM");
        assertThat(dmarc.look("news.example.org", List.of(), "bounce.example.org")
                        .verdict())
                .isEqualTo(Verdict.UNSEEN);
        assertThat(dmarc.look("news.example.org", List.of("example.net"), "example.net")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(dmarc.look("strict.example", List.of("mail.strict.example"), "b.strict.example")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(dmarc.look("strict.example", List.of("strict.example"), "x.example")
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(dmarc.look("none.example", List.of("none.example"), "none.example")
                        .mend())
                .contains("_dmarc.none.example");
    }

    private Spf.Result spf(String record) throws Exception {
        names.remove("example.com").txt("example.com", record);
        names.address("example.com", OURS).mx("example.com", 10, "mx1.example.org");
        return new Spf(names.dns()).check("example.com", InetAddress.getByName(OURS));
    }
}
