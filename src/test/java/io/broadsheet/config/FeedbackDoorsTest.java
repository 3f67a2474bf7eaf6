package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.FeedbackDoors.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackDoorsTest {
    @TempDir
    Path folder;

    private Loaded<Settings> load(String feedback) throws Exception {
        Home home = Home.at(folder).create();
        Files.writeString(home.config(Home.SETTINGS), "mail:\n  feedback:\n" + feedback.indent(4));
        return new SettingsReader(home, Map.<String, String>of()::get).load();
    }

    private List<String> problems(String feedback) throws Exception {
        return load(feedback).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void without_any_nothing_comes_back() throws Exception {
        assertThat(Settings.load(Home.at(folder).create())
                        .orThrow()
                        .mail()
                        .feedback()
                        .doors())
                .isEqualTo(FeedbackDoors.NONE);
    }

    @Test
    void a_mailbox_has_sane_values() throws Exception {
        FeedbackDoors.MailboxAccess mailbox =
                load("mailbox: {host: imap.example.org, username: me, password: x, after: move Done}")
                        .orThrow()
                        .mail()
                        .feedback()
                        .doors()
                        .mailbox();

        assertThat(mailbox).isNotNull();
        assertThat(mailbox.port()).isEqualTo(993);
        assertThat(mailbox.every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(mailbox.after()).isEqualTo(new FeedbackDoors.After(Fate.MOVE, "Done"));
    }

    @Test
    void what_is_missing_or_does_not_fit_is_said() throws Exception {
        assertThat(problems("mailbox: {protocol: pop3, host: pop.example.org, after: keep}"))
                .hasSize(3)
                .anyMatch(line -> line.contains("POP3 can neither mark nor move"))
                .anyMatch(line -> line.contains("'username' is missing"))
                .anyMatch(line -> line.contains("'password' is missing"));
        assertThat(problems("listener: {listen: nowhere}"))
                .singleElement()
                .asString()
                .contains("not host:port");
    }

    @Test
    void a_webhook_without_proof_or_of_nobody_is_said() throws Exception {
        assertThat(problems("""
                webhooks:
                  - {name: a, provider: ses}
                  - {name: b, provider: sendgrid, public-key: AAAA}
                  - {name: c, provider: mailgun}
                  - {name: d, provider: postmark}
                  - {name: e, provider: brevo, username: me}
                  - {name: f, provider: sparkpots, token: x}
                  - {name: a, provider: brevo, token: x}
                """))
                .hasSize(7)
                .anyMatch(line -> line.contains("key 'topic' is missing"))
                .anyMatch(line -> line.contains("no elliptic-curve key"))
                .anyMatch(line -> line.contains("key 'key' is missing"))
                .anyMatch(line -> line.contains("webhook without a secret"))
                .anyMatch(line -> line.contains("belong together"))
                .anyMatch(line -> line.contains("did you mean 'sparkpost'"))
                .anyMatch(line -> line.contains("the webhook 'a' is defined twice"));
    }
}
