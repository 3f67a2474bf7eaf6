package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.error.OutsideError;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.test.Certificates;
import io.broadsheet.test.MailServer;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpConnectionTest {
    @TempDir
    static Path folder;

    private MailServer server;
    private Duration timeout = Duration.ofSeconds(5);

    @BeforeEach
    void open() {
        server = MailServer.open();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static Certificates good() {
        return Certificates.of(folder, "ip:127.0.0.1,dns:localhost");
    }

    private static Certificates ofAnother() {
        return Certificates.of(folder, "dns:other.example");
    }

    private SmtpConnection connection(Security security, boolean fast, Trust trust, String user, String password) {
        Smtp smtp = new Smtp(
                "127.0.0.1",
                server.port(),
                security,
                user == null ? null : new Secret(user),
                password == null ? null : new Secret(password),
                1,
                Duration.ofSeconds(2),
                timeout,
                null,
                fast);
        return new SmtpConnection(SmtpServer.of(smtp, "news.example.org", trust));
    }

    private SmtpConnection plain() {
        return connection(Security.NONE, true, Trust.system(), null, null);
    }

    private Ending sent(OutgoingMessage message) {
        return sent(message, true);
    }

    private Ending sent(OutgoingMessage message, boolean fast) {
        SmtpConnection connection = connection(Security.NONE, fast, Trust.system(), null, null);
        connection.open();
        Ending ending = connection.send(message, () -> true);
        connection.quit();
        return ending;
    }

    private String refusal(Ending ending) {
        return ((Ending.Answered) ending).reply().line();
    }

    private void wire(Security security, boolean fast, Trust trust, List<OutgoingMessage> messages) {
        SmtpConnection connection = connection(security, fast, trust, null, null);
        connection.open();
        for (OutgoingMessage message : messages) {
            assertThat(refusal(connection.send(message, () -> true))).isEqualTo("250 2.0.0 taken");
        }
        connection.quit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PIPELINING", "STARTTLS", "STARTTLS PIPELINING"})
    void both_ways_of_sending_put_the_same_bytes_on_the_wire(String how) {
        boolean tls = how.contains("STARTTLS");
        if (tls) {
            server.starttls(good().context());
        }
        server.offers("8BITMIME", "SIZE 1000000", "DSN");
        if (how.contains("PIPELINING")) {
            server.offers("PIPELINING");
        }
        Random random = new Random(7);
        List<OutgoingMessage> messages = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            messages.add(Mails.random(random));
        }

        wire(tls ? Security.STARTTLS : Security.NONE, true, Trust.of(good().authorities()), messages);
        List<byte[]> fast = server.messages();
        List<String> commands = server.commands();
        wire(tls ? Security.STARTTLS : Security.NONE, false, Trust.of(good().authorities()), messages);

        List<byte[]> plain = server.messages().subList(fast.size(), fast.size() * 2);
        for (int number = 0; number < fast.size(); number++) {
            assertThat(plain.get(number)).isEqualTo(fast.get(number));
        }
        assertThat(withoutQuit(server.commands()
                        .subList(commands.size(), server.commands().size())))
                .startsWith(withoutQuit(commands).toArray(String[]::new));
    }

    private static List<String> withoutQuit(List<String> commands) {
        return commands.stream().filter(one -> !one.equals("QUIT")).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_final_dot_waits_for_the_record_and_does_not_follow_without_it(boolean fast) {
        SmtpConnection connection = connection(Security.NONE, fast, Trust.system(), null, null);
        connection.open();

        Ending ending = connection.send(Mails.to("ada@example.org"), () -> false);

        assertThat(ending).isInstanceOf(Ending.Withheld.class);
        assertThat(server.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_refusal_in_any_phase_leaves_the_connection_good_for_the_next(boolean fast) {
        server.answers(
                command -> command.startsWith("RCPT") && command.contains("bad@") ? "550 5.1.1 no such user" : null);
        SmtpConnection connection = connection(Security.NONE, fast, Trust.system(), null, null);
        connection.open();

        Ending bad = connection.send(Mails.to("bad@example.org"), () -> true);
        Ending good = connection.send(Mails.to("good@example.org"), () -> true);
        server.answers(command -> command.equals(".") ? "554 5.7.1 spam" : null);
        Ending spam = connection.send(Mails.to("good@example.org"), () -> true);
        server.answers(command -> command.equals("DATA") ? "451 4.3.0 later" : null);
        Ending later = connection.send(Mails.to("good@example.org"), () -> true);

        assertThat(refusal(bad)).isEqualTo("550 5.1.1 no such user");
        assertThat(refusal(good)).isEqualTo("250 2.0.0 taken");
        assertThat(refusal(spam)).isEqualTo("554 5.7.1 spam");
        assertThat(((Ending.Answered) spam).reply().phase()).isEqualTo(Reply.Phase.DOT);
        assertThat(refusal(later)).isEqualTo("451 4.3.0 later");
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_yes_to_data_is_no_delivery(boolean fast) {
        server.answers(command -> command.equals("DATA") ? "250 fine" : null);

        Ending ending = sent(Mails.to("ada@example.org"), fast);

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Lost.class, lost -> assertThat(lost.afterDot()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void garbage_after_the_dot_is_an_unknown_end(boolean fast) {
        server.answers(command -> command.equals(".") ? "hello?" : null);

        Ending ending = sent(Mails.to("ada@example.org"), fast);

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Lost.class, lost -> assertThat(lost.afterDot()).isTrue());
    }

    @Test
    void starttls_with_a_trusted_certificate_is_taken() {
        server.starttls(good().context());

        wire(Security.STARTTLS, true, Trust.of(good().authorities()), List.of(Mails.to("ada@example.org")));

        assertThat(server.commands().subList(0, 3))
                .containsExactly("EHLO news.example.org", "STARTTLS", "EHLO news.example.org");
    }

    @Test
    void tls_from_the_first_byte_is_spoken() {
        server.tls(good().context());

        wire(Security.TLS, true, Trust.of(good().authorities()), List.of(Mails.to("ada@example.org")));

        assertThat(server.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "TLS"})
    void a_certificate_that_nobody_vouches_for_is_refused(String how) {
        secure(how, good());

        assertThatThrownBy(() -> connection(Security.valueOf(how), true, Trust.system(), null, null)
                        .open())
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("its certificate is not trusted")
                .hasMessageContaining("add its authority to Java's trust store");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS", "TLS"})
    void a_certificate_for_another_name_is_refused(String how) {
        secure(how, ofAnother());

        assertThatThrownBy(() -> connection(
                                Security.valueOf(how),
                                true,
                                Trust.of(ofAnother().authorities()),
                                null,
                                null)
                        .open())
                .hasMessageContaining("its certificate is for another name")
                .hasMessageContaining("write as host the name that it is for");
    }

    private void secure(String how, Certificates certificates) {
        if (how.equals("TLS")) {
            server.tls(certificates.context());
        } else {
            server.starttls(certificates.context());
        }
    }

    @Test
    void without_starttls_nothing_is_sent_where_it_is_required() {
        assertThatThrownBy(() -> connection(Security.STARTTLS, true, Trust.system(), null, null)
                        .open())
                .hasMessageContaining("it offers no STARTTLS");
        assertThat(server.commands()).containsExactly("EHLO news.example.org");
    }

    @Test
    void a_server_without_tls_where_tls_is_set_is_told_with_the_mend() {
        assertThatThrownBy(() -> connection(Security.TLS, true, Trust.system(), null, null)
                        .open())
                .hasMessageContaining("TLS fails")
                .hasMessageContaining("port 465 is mostly security: tls, and 587 starttls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "LOGIN PLAIN"})
    void the_password_is_told_by_a_way_that_the_server_takes(String ways) {
        server.offers("AUTH " + ways);
        server.answers(command -> command.equals("AUTH LOGIN")
                ? "334 VXNlcm5hbWU6"
                : command.equals("YWRh")
                        ? "334 UGFzc3dvcmQ6"
                        : command.equals("c2VjcmV0") ? "235 2.7.0 welcome" : null);

        connection(Security.NONE, true, Trust.system(), "ada", "secret").open();

        String expected = ways.contains("PLAIN") ? "AUTH PLAIN YWRhAGFkYQBzZWNyZXQ=" : "c2VjcmV0";
        assertThat(server.commands()).contains(expected);
    }

    @Test
    void a_wrong_password_is_tried_once_and_told() {
        server.offers("AUTH PLAIN");
        server.answers(command -> command.startsWith("AUTH") ? "535 5.7.8 wrong" : null);

        assertThatThrownBy(() -> connection(Security.NONE, true, Trust.system(), "ada", "secret")
                        .open())
                .hasMessageContaining("it refuses our username and password: 535 5.7.8 wrong")
                .hasMessageContaining("mail.smtp in config/broadsheet.yml");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_server_that_lets_nobody_say_who_it_is_is_told() {
        assertThatThrownBy(() -> connection(Security.NONE, true, Trust.system(), "ada", "secret")
                        .open())
                .hasMessageContaining("it offers no AUTH");
    }

    @Test
    void an_address_in_another_script_goes_out_where_the_server_takes_it() {
        server.offers("SMTPUTF8", "8BITMIME", "PIPELINING", "DSN");

        Ending ending = sent(Mails.to("bücher@bücher.example"));

        assertThat(refusal(ending)).startsWith("250");
        assertThat(server.commands())
                .contains(
                        "MAIL FROM:<bounce+1@news.example.org> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=e1+3Ds+2B1@news.example.org")
                .contains(
                        "RCPT TO:<bücher@xn--bcher-kva.example> NOTIFY=FAILURE,DELAY ORCPT=utf-8;bücher@xn--bcher-kva.example");
    }

    @Test
    void an_address_in_another_script_is_refused_alone_where_the_server_does_not_take_it() {
        server.offers("8BITMIME");
        SmtpConnection connection = plain();
        connection.open();

        Ending foreign = connection.send(Mails.to("bücher@example.org"), () -> true);
        Ending domain = connection.send(Mails.to("ada@bücher.example"), () -> true);

        assertThat(refusal(foreign)).startsWith("553 5.6.7 ");
        assertThat(refusal(domain)).startsWith("250");
        assertThat(server.commands())
                .contains("RCPT TO:<ada@xn--bcher-kva.example>")
                .noneMatch(one -> one.contains("bücher"));
    }

    @Test
    void a_message_over_the_servers_limit_is_refused_before_it_is_sent() {
        server.offers("SIZE 1000");

        Ending small = sent(Mails.of(new byte[1000], "ada@example.org"));
        Ending large = sent(Mails.of(new byte[1001], "ada@example.org"));

        assertThat(server.commands()).contains("MAIL FROM:<bounce+1@news.example.org> SIZE=1000");
        assertThat(refusal(small)).startsWith("250");
        assertThat(refusal(large))
                .isEqualTo("552 5.3.4 a message of 1001 octets is over the mail server's limit of 1000");
        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void reports_are_asked_for_where_the_server_gives_them() {
        server.offers("DSN");

        sent(Mails.to("ada+news@example.org"));

        assertThat(server.commands())
                .contains("MAIL FROM:<bounce+1@news.example.org> RET=HDRS ENVID=e1+3Ds+2B1@news.example.org")
                .contains("RCPT TO:<ada+news@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ada+2Bnews@example.org");
    }

    @Test
    void a_reply_that_never_ends_is_broken_off() {
        server.answers(command -> command.startsWith("RCPT") ? "250-" + "x".repeat(Wire.BYTES_MAX + 10) : null);

        Ending ending = sent(Mails.to("ada@example.org"));

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Lost.class, lost -> assertThat(lost.why()).contains("a reply of more than 256 KiB"));
    }

    @Test
    void a_long_line_is_cut_for_our_records() {
        server.answers(command -> command.startsWith("RCPT") ? "550 5.1.1 " + "x".repeat(100_000) : null);

        Ending ending = sent(Mails.to("ada@example.org"));

        assertThat(refusal(ending)).startsWith("550 5.1.1 xxx").hasSizeLessThan(250);
    }

    @Test
    void a_greeting_that_never_ends_is_broken_off() {
        server.greets("220-hello\r\n".repeat(40_000).getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> plain().open()).hasMessageContaining("a reply of more than 256 KiB");
    }

    @Test
    void a_greeting_that_does_not_come_is_waited_for_no_longer_than_set() {
        server.greets(new byte[0]);
        timeout = Duration.ofMillis(300);
        Stopwatch watch = Stopwatch.start();

        assertThatThrownBy(() -> plain().open()).hasMessageContaining("no reply within 300 ms");
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_greeting_of_garbage_or_refusal_is_told() {
        server.greets("hello there\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> plain().open()).hasMessageContaining("it greets with hello there");

        server.greets("554 no service\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> plain().open()).hasMessageContaining("it greets with 554 no service");
    }
}
