package io.broadsheet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Ids;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dns.Dns;
import io.broadsheet.doctor.Finding.Verdict;
import io.broadsheet.doctor.RateStore.Domain;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.test.TestDns;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExamineMailTest {
    private final TestClock clock = TestClock.at("2026-11-24T07:00:00Z");

    @Test
    void a_home_as_it_should_be_fails_nothing() throws Exception {
        try (TestDatabase test = TestDatabase.sqlite();
                TestDns names = TestDns.open();
                SmtpSink sink = SmtpSink.open()) {
            Home home = home(test, sink.port(), "");
            Keyring.Held key = keyring(home, names.dns())
                    .make(null, "a", Keyring.Wanted.ED25519)
                    .get(0);
            home = home(
                    test,
                    sink.port(),
                    "  dkim: [{ domain: news.example.org, selector: a, key: 'file:secrets/dkim-a.pem' }]\n");
            names.txt(key.key().record().name(), key.key().record().text());
            names.txt("news.example.org", "v=spf1 a -all").address("news.example.org", "203.0.113.7");
            names.txt("bounce.example.org", "v=spf1 a:news.example.org -all");
            names.txt("_dmarc.example.org", "v=DMARC1; p=none");

            List<Finding> findings = examine(test, home, names.dns());

            assertThat(findings).extracting(Finding::verdict).doesNotContain(Verdict.FAIL);
            assertThat(verdicts(findings))
                    .containsEntry("dkim", Verdict.PASS)
                    .containsEntry("dmarc", Verdict.PASS)
                    .containsEntry("one-click", Verdict.UNSEEN)
                    .containsEntry("postal-address", Verdict.PASS);
        }
    }

    @Test
    void a_home_as_it_begins_is_told_every_mend() throws Exception {
        try (TestDatabase test = TestDatabase.sqlite();
                TestDns names = TestDns.open()) {
            Home home = Home.at(test.home()).create();
            Files.writeString(home.config(Home.SETTINGS), "mail: { from: somebody@gmail.com, smtp: { port: 1 } }\n");

            List<Finding> findings = examine(test, home, names.dns());

            assertThat(verdicts(findings))
                    .containsEntry("from", Verdict.FAIL)
                    .containsEntry("spf", Verdict.FAIL)
                    .containsEntry("dkim", Verdict.UNSEEN)
                    .containsEntry("dmarc", Verdict.FAIL)
                    .containsEntry("tls", Verdict.FAIL)
                    .containsEntry("one-click", Verdict.FAIL)
                    .containsEntry("postal-address", Verdict.FAIL)
                    .containsEntry("bounces", Verdict.FAIL);
            assertThat(findings)
                    .filteredOn(finding -> finding.verdict() == Verdict.FAIL)
                    .allMatch(finding -> finding.mend() != null);
        }
    }

    @Test
    void without_dns_one_finding_says_what_cannot_be_seen() throws Exception {
        try (TestDatabase test = TestDatabase.sqlite();
                TestDns names = TestDns.open();
                SmtpSink sink = SmtpSink.open()) {
            names.fails("news.example.org", 2);

            List<Finding> findings = examine(test, home(test, sink.port(), ""), names.dns());

            assertThat(findings.get(0).rule()).isEqualTo("dns");
            assertThat(verdicts(findings))
                    .doesNotContainKeys("spf", "dkim", "dmarc")
                    .containsKeys("tls", "one-click");
        }
    }

    @Test
    void complaints_and_refusals_are_judged_by_provider() {
        List<Finding> findings = Rates.judge(
                List.of(
                        new Domain("yahoo.com", 9_000, 10, 5),
                        new Domain("aol.com", 1_000, 0, 30),
                        new Domain("outlook.com", 10_000, 5, 9),
                        new Domain("gmail.com", 50_000, 9_000, 0),
                        new Domain("tiny.example", 3, 0, 0),
                        new Domain("one.example", 3, 0, 1)),
                domain -> Map.of(
                                "yahoo.com",
                                "yahoo",
                                "aol.com",
                                "yahoo",
                                "outlook.com",
                                "microsoft",
                                "gmail.com",
                                "gmail")
                        .getOrDefault(domain, domain));

        assertThat(findings)
                .extracting(finding -> finding.rule() + " " + finding.about() + " " + finding.verdict())
                .containsExactly(
                        "complaints gmail UNSEEN",
                        "refusals gmail FAIL",
                        "complaints yahoo FAIL",
                        "refusals yahoo PASS",
                        "complaints microsoft PASS",
                        "refusals microsoft PASS",
                        "complaints one.example UNSEEN",
                        "refusals one.example PASS");
        assertThat(findings.get(2).found()).contains("35 complaints about 10000 accepted (0.35 %), over 0.3 %");
    }

    @OnBothDatabases
    void what_became_of_mail_is_counted_by_domain_over_thirty_days(TestDatabase test) {
        long now = clock.millis();
        long old = clock.instant().minus(Duration.ofDays(40)).toEpochMilli();
        test.database().writing(tx -> {
            tx.update(
                            "insert into newsletter (id, name, definition, provisioned, created_at) values (1, 'news', '{}', true, 0)")
                    .execute();
            for (long edition : new long[] {100, 101}) {
                tx.update("""
                        insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, recipients, started_at)
                        values (:id, 1, 'each', :id, 'sent', '{}', 0, 0, 3, :started)
                        """)
                        .bind("id", edition)
                        .bind("started", edition == 100 ? old : now)
                        .execute();
                tx.update("insert into variant (id, edition_id, fingerprint) values (:id, :id, 'f')")
                        .bind("id", edition)
                        .execute();
            }
            for (long id = 1; id <= 3; id++) {
                tx.update(
                                "insert into subscriber (id, address, address_key, created_at) values (:id, :address, :address, 0)")
                        .bind("id", id)
                        .bind("address", "r" + id + "@example.org")
                        .execute();
                for (long edition : new long[] {100, 101}) {
                    tx.update("""
                            insert into delivery (edition_id, subscriber_id, variant_id, state, changed_at, domain)
                            values (:edition, :id, :edition, :state, 0, 'example.org')
                            """)
                            .bind("edition", edition)
                            .bind("id", id)
                            .bind("state", id == 3 ? "refused" : "accepted")
                            .execute();
                }
            }
            tx.update("""
                    insert into feedback (id, fingerprint, kind, subscriber_id, edition_id, via, outcome, sent_at, happened_at, taken_at)
                    values (1, 'f', 'complaint', 1, 101, 'mailbox', 'suppressed', 0, 0, 0)
                    """).execute();
        });

        List<Domain> counted = test.database()
                .read(tx -> new RateStore().since(tx, clock.instant().minus(Duration.ofDays(30))));

        assertThat(counted).containsExactly(new Domain("example.org", 2, 1, 1));
    }

    private static Map<String, Verdict> verdicts(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(Finding::rule, Finding::verdict, (first, second) -> first));
    }

    private List<Finding> examine(TestDatabase test, Home home, Dns dns) {
        Settings settings = Settings.load(home).orThrow();
        return new ExamineMail(
                        settings, test.database(), new NewsletterStore(new Ids(clock)), keyring(home, dns), dns, clock)
                .examine();
    }

    private Keyring keyring(Home home, Dns dns) {
        return new Keyring(home, Settings.load(home).orThrow().mail(), clock, dns);
    }

    private static Home home(TestDatabase test, int port, String more) throws Exception {
        Home home = Home.at(test.home()).create();
        Files.writeString(home.config(Home.SETTINGS), """
                site: { url: https://news.example.org }
                mail:
                  from: News <news@news.example.org>
                  postal-address: 1 Example Street
                  return-path: bounces@bounce.example.org
                  smtp: { port: %d }
                """.formatted(port) + more);
        return home;
    }
}
