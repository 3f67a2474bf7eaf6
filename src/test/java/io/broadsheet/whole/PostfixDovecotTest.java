package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.broadsheet.json.Json;
import io.broadsheet.whole.InstalledHome.Ended;
import io.broadsheet.whole.InstalledHome.Server;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built program mails one edition through a real Postfix into real Dovecot mailboxes, and takes in what comes back; each test looks at a reader
 * of its own. Left out, with a printed reason, where the programs can't be started; with {@code BROADSHEET_TEST_MAILHOST=required} that is a failure.
 */
@Tag("whole")
class PostfixDovecotTest {
    /** Several commands, each a process of its own, on a machine that may do other things as well. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Pattern MAILTO = Pattern.compile("<mailto:([^?>]+)[^>]*>");

    @TempDir
    static Path folder;

    private static MailHost host;
    private static InstalledHome home;
    private static Server serve;
    private static String edition;

    @BeforeAll
    static void send() throws Exception {
        Optional<String> missing = MailHost.missing();
        if (missing.isPresent() && "required".equals(System.getenv("BROADSHEET_TEST_MAILHOST"))) {
            throw new IllegalStateException("the mail host is required: " + missing.get());
        }
        missing.ifPresent(reason -> System.err.println("SKIPPED: mail through Postfix and Dovecot: " + reason));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        host = MailHost.start("ada", "grey", "full", "fuller", "cross", "leaver", "bounces", "leave");
        home = new InstalledHome(folder.resolve("news"));
        configure();
        String made =
                done(home.run("dkim", "new", "--domain", "news.example.org")).out();
        // What the command says to add to the config is added as it stands.
        Files.writeString(
                home.file("config/broadsheet.yml"),
                made.substring(made.indexOf("    dkim:")).replaceAll("(?m)^  ", ""),
                StandardOpenOption.APPEND);
        done(home.run("collect"));
        done(home.run(
                "subscriber",
                "import",
                home.file("readers.csv").toString(),
                "--newsletter",
                "news",
                "--confirmed",
                "test"));
        serve = home.serve();
        Ended sent = home.run("edition", "send", "news", "--yes", "--json");
        assertThat(sent.exitCode()).as(sent.err()).isEqualTo(3);
        edition = String.valueOf(sent.json().get("edition"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (serve != null) {
            serve.terminate();
        }
        if (host != null) {
            host.close();
        }
    }

    private static void configure() throws IOException {
        home.write("config/broadsheet.yml", """
                site: { title: Example Newsroom, url: "https://news.example.org" }
                server: { listen: "127.0.0.1:0" }
                database: { url: "jdbc:sqlite:data/broadsheet.db" }
                mail:
                  from: Example Newsroom <news@news.example.org>
                  smtp: { host: 127.0.0.1, port: %d, security: none, connections: 3 }
                  retry: [1, 600]
                  return-path: bounces@news.example.org
                  feedback:
                    unsubscribe-address: leave@news.example.org
                    mailbox:
                      protocol: imap
                      host: 127.0.0.1
                      port: %d
                      security: none
                      username: bounces
                      password: %s
                      every: 1s
                """.formatted(host.smtpPort(), host.imapPort(), host.password()));
        home.write("config/sources.yml", "- { name: releases, kind: folder, path: releases, backlog: 5 }\n");
        home.write("config/feeds.yml", "- { name: news, title: All news }\n");
        home.write("config/newsletters.yml", """
                - name: news
                  title: Example News
                  subject: "Größe und .Punkte: $edition.articles.size() new"
                  cadences: [{ name: monthly, cron: "0 0 7 1 * ?" }]
                """);
        home.write("releases/one.txt", """
                Größe, naïve, 北海: harbour bridge reopens after repair

                .The bridge is open again, the port said on Monday: %s
                """.formatted("the quay, the crane and the ferry, ".repeat(60)));
        home.write("readers.csv", """
                email
                ada@example.net
                grey@example.net
                nobody@example.net
                nobody@example.com
                full@example.net
                fuller@example.com
                cross@example.net
                leaver@example.net
                """);
    }

    @Test
    void a_digest_reaches_a_mailbox_whole() throws Exception {
        MimeMessage mail = delivered("ada");

        assertThat(delivery("ada@example.net").get("state")).isEqualTo("accepted");
        assertThat(mail.getSubject()).isEqualTo("Größe und .Punkte: 1 new");
        assertThat(mail.getHeader("List-Unsubscribe")[0]).contains("<https://news.example.org/u/");
        assertThat(mail.getHeader("Return-Path")[0]).matches("<bounces\\+[A-Za-z0-9_-]+@news\\.example\\.org>");
        MimeMultipart both = (MimeMultipart) mail.getContent();
        String text = both.getBodyPart(0).getContent().toString().replaceAll("\\s+", " ");
        assertThat(text).contains("Größe, naïve, 北海: harbour bridge reopens after repair");
        assertThat(both.getBodyPart(1).getContent().toString()).contains("Größe, naïve, 北海");
    }

    @Test
    void a_greylisted_reader_gets_it_once_at_the_second_try() throws Exception {
        delivered("grey");

        eventually(
                "it is written down",
                SOON,
                () -> "accepted".equals(delivery("grey@example.net").get("state")));
        assertThat(delivery("grey@example.net").get("attempts")).isEqualTo(2);
        assertThat(host.inbox("grey")).hasSize(1);
        assertThat(host.log()).contains("4.7.1 <grey@example.net>: Recipient address rejected: Greylisted");
    }

    @Test
    void an_unknown_user_is_refused_at_once_and_suppressed() throws Exception {
        assertThat(delivery("nobody@example.net").get("state")).isEqualTo("refused");
        assertThat(String.valueOf(delivery("nobody@example.net").get("reply")))
                .startsWith("550 5.1.1 <nobody@example.net>");
        eventually(
                "it is suppressed",
                SOON,
                () -> "bounce".equals(suppression("nobody@example.net").get("why")));
    }

    @Test
    void an_unknown_user_that_comes_back_as_a_bounce_is_suppressed_by_its_return_path() throws Exception {
        eventually(
                "it is suppressed",
                SOON,
                () -> "bounce".equals(suppression("nobody@example.com").get("why")));

        assertThat(delivery("nobody@example.com").get("state")).isEqualTo("accepted");
        assertThat(suppression("nobody@example.com").get("history").toString())
                .contains("hard")
                .contains(edition);
    }

    @Test
    void a_full_mailbox_is_tried_again() throws Exception {
        eventually("it was tried twice", SOON, () -> attempts("full@example.net") >= 2);

        assertThat(delivery("full@example.net").get("state")).isEqualTo("deferred");
        assertThat(String.valueOf(delivery("full@example.net").get("reply"))).startsWith("452 4.2.2 ");
        assertThat(suppression("full@example.net").get("suppressed")).isEqualTo(false);
    }

    @Test
    void a_full_mailbox_that_comes_back_as_a_bounce_is_soft() throws Exception {
        eventually(
                "the bounce is in the history",
                SOON,
                () -> suppression("fuller@example.com")
                        .get("history")
                        .toString()
                        .contains("soft"));

        assertThat(suppression("fuller@example.com").get("suppressed")).isEqualTo(false);
    }

    @Test
    void a_complaint_ends_the_mail_to_who_complained() throws Exception {
        delivered("cross");
        byte[] mail = host.inbox("cross").get(0);

        host.submit("fbl@provider.example", "bounces@news.example.org", complaint(mail));

        eventually(
                "it is suppressed",
                SOON,
                () -> "complaint".equals(suppression("cross@example.net").get("why")));
    }

    @Test
    void a_mail_to_the_unsubscribe_address_unsubscribes() throws Exception {
        Matcher mailto = MAILTO.matcher(delivered("leaver").getHeader("List-Unsubscribe", null));
        assertThat(mailto.find()).as("List-Unsubscribe offers mailto").isTrue();

        host.submit("leaver@example.net", mailto.group(1), """
                From: leaver@example.net
                To: %s
                Subject: unsubscribe
                Message-ID: <leave@example.net>

                unsubscribe
                """.formatted(mailto.group(1))
                .replace("\n", "\r\n"));

        eventually(
                "the subscription has ended",
                SOON,
                () -> home.run("subscriber", "show", "leaver@example.net", "--json")
                        .out()
                        .contains("\"ended\""));
        assertThat(suppression("leaver@example.net").get("suppressed")).isEqualTo(false);
    }

    /** As a provider sends it (RFC 5965), with the reader's address taken out. */
    private static String complaint(byte[] mail) {
        String original = new String(mail, StandardCharsets.UTF_8).replace("cross@example.net", "redacted");
        return """
                From: fbl@provider.example
                To: bounces@news.example.org
                Subject: complaint about message
                Message-ID: <arf@provider.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                This is an email abuse report.

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: SomeGenerator/1.0
                Version: 1

                --b
                Content-Type: message/rfc822

                """.replace("\n", "\r\n") + original + "\r\n--b--\r\n";
    }

    @Test
    void both_dkim_signatures_are_verified_by_another_implementation() throws Exception {
        delivered("ada");
        Files.write(home.file("ada.eml"), host.inbox("ada").get(0));
        StringBuilder records = new StringBuilder();
        for (Object key :
                (List<?>) done(home.run("dkim", "show", "--json")).json().get("keys")) {
            Map<?, ?> one = (Map<?, ?>) key;
            records.append(one.get("record"))
                    .append('\t')
                    .append(one.get("text"))
                    .append('\n');
        }
        home.write("records.txt", records.toString());

        String said = MailHost.run(List.of(
                "/usr/bin/python3",
                "src/test/resources/mailhost/verify_dkim.py",
                home.file("ada.eml").toString(),
                home.file("records.txt").toString()));

        assertThat(said.lines()).containsExactlyInAnyOrder("rsa-sha256 pass", "ed25519-sha256 pass");
    }

    private static MimeMessage delivered(String reader) throws Exception {
        eventually("it is in the mailbox", SOON, () -> !host.inbox(reader).isEmpty());
        return new MimeMessage(null, new ByteArrayInputStream(host.inbox(reader).get(0)));
    }

    private static Map<?, ?> delivery(String email) throws Exception {
        List<Map<?, ?>> all = done(home.run("edition", "deliveries", edition, "--json"))
                .out()
                .lines()
                .<Map<?, ?>>map(line -> Json.read(line, Map.class))
                .toList();
        return all.stream()
                .filter(one -> email.equals(one.get("email")))
                .findFirst()
                .orElseThrow();
    }

    private static int attempts(String email) throws Exception {
        return ((Number) delivery(email).get("attempts")).intValue();
    }

    private static Map<?, ?> suppression(String email) throws Exception {
        return done(home.run("suppression", "show", email, "--json")).json();
    }

    private static Ended done(Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }
}
