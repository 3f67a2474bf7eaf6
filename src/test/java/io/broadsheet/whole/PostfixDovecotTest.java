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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built program mails through a real Postfix into real Dovecot mailboxes, and takes in what comes back. One mail host and one {@code serve} for
 * all; each test has a newsletter of its own. Left out, with a printed reason, where they can't be started; with
 * {@code BROADSHEET_TEST_MAILHOST=required} that is a failure.
 */
@Tag("whole")
class PostfixDovecotTest {
    private static final List<String> NEWSLETTERS = List.of("delivered", "greylisted", "unknown", "full");

    @TempDir
    static Path folder;

    private static MailHost host;
    private static InstalledHome home;
    private static Server serve;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MailHost.missing();
        if (missing.isPresent() && "required".equals(System.getenv("BROADSHEET_TEST_MAILHOST"))) {
            throw new IllegalStateException("the mail host is required: " + missing.get());
        }
        missing.ifPresent(reason -> System.err.println("SKIPPED: mail through Postfix and Dovecot: " + reason));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        host = MailHost.start("ada", "grey", "full", "bounces");
        home = new InstalledHome(folder.resolve("news"));
        configure();
        assertThat(home.run("collect").exitCode()).isZero();
        serve = home.serve();
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
                  retry: [1]
                """.formatted(host.smtpPort()));
        home.write("config/sources.yml", "- { name: releases, kind: folder, path: releases, backlog: 5 }\n");
        home.write("config/feeds.yml", "- { name: news, title: All news }\n");
        StringBuilder newsletters = new StringBuilder();
        for (String name : NEWSLETTERS) {
            newsletters.append("""
                    - name: %s
                      title: Example News
                      subject: "Größe und .Punkte: $edition.articles.size() new"
                      cadences: [{ name: monthly, cron: "0 0 7 1 * ?" }]
                    """.formatted(name));
        }
        home.write("config/newsletters.yml", newsletters.toString());
        home.write("releases/one.txt", """
                Größe, naïve, 北海: harbour bridge reopens after repair

                .The bridge is open again, the port said on Monday: %s
                """.formatted("the quay, the crane and the ferry, ".repeat(60)));
    }

    @Test
    void a_digest_reaches_a_mailbox_whole() throws Exception {
        Sent sent = send("delivered", "ada@example.net");

        eventually("it is in the mailbox", () -> !host.inbox("ada").isEmpty());

        assertThat(sent.states()).containsExactly("accepted");
        MimeMessage mail = newest("ada");
        assertThat(mail.getSubject()).isEqualTo("Größe und .Punkte: 1 new");
        assertThat(mail.getHeader("List-Unsubscribe")[0]).contains("<https://news.example.org/u/");
        MimeMultipart both = (MimeMultipart) mail.getContent();
        String text = both.getBodyPart(0).getContent().toString().replaceAll("\\s+", " ");
        assertThat(text).contains("Größe, naïve, 北海: harbour bridge reopens after repair");
        assertThat(both.getBodyPart(1).getContent().toString()).contains("Größe, naïve, 北海");
    }

    @Test
    void a_greylisted_reader_gets_it_at_the_second_try() throws Exception {
        Sent sent = send("greylisted", "grey@example.net");

        eventually("it is in the mailbox", () -> !host.inbox("grey").isEmpty());
        eventually("it is written down", () -> sent.states().equals(List.of("accepted")));

        assertThat(host.inbox("grey")).hasSize(1);
        assertThat(sent.deliveries().get(0).get("attempts")).isEqualTo(2);
        assertThat(host.log()).contains("4.7.1 <grey@example.net>: Recipient address rejected: Greylisted");
    }

    @Test
    void an_unknown_user_is_refused_with_the_servers_own_words() throws Exception {
        Sent sent = send("unknown", "nobody@example.net");

        assertThat(sent.states()).containsExactly("refused");
        assertThat(String.valueOf(sent.deliveries().get(0).get("reply"))).startsWith("550 5.1.1 <nobody@example.net>");
    }

    @Test
    void a_full_mailbox_is_tried_again() throws Exception {
        Sent sent = send("full", "full@example.net");

        eventually(
                "it was tried twice", () -> ((Number) sent.deliveries().get(0).get("attempts")).intValue() >= 2);

        assertThat(sent.states()).containsExactly("deferred");
        assertThat(String.valueOf(sent.deliveries().get(0).get("reply"))).startsWith("452 4.2.2 ");
        assertThat(home.run("edition", "cancel", sent.edition()).exitCode()).isZero();
    }

    private static Sent send(String newsletter, String... readers) throws Exception {
        for (String reader : readers) {
            Ended added = home.run("subscriber", "add", reader, "--newsletter", newsletter, "--confirmed", "test");
            assertThat(added.exitCode()).as(added.err()).isZero();
        }
        Ended ended = home.run("edition", "send", newsletter, "--yes", "--json");
        assertThat(ended.exitCode()).as(ended.err()).isIn(0, 3);
        return new Sent(String.valueOf(ended.json().get("edition")));
    }

    private static MimeMessage newest(String reader) throws Exception {
        List<byte[]> inbox = host.inbox(reader);
        return new MimeMessage(null, new ByteArrayInputStream(inbox.get(inbox.size() - 1)));
    }

    /** One edition that went out. */
    private record Sent(String edition) {
        List<Map<?, ?>> deliveries() throws Exception {
            Ended ended = home.run("edition", "deliveries", edition, "--json");
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            return ended.out()
                    .lines()
                    .<Map<?, ?>>map(line -> Json.read(line, Map.class))
                    .toList();
        }

        List<String> states() throws Exception {
            return deliveries().stream()
                    .map(one -> String.valueOf(one.get("state")))
                    .toList();
        }
    }
}
