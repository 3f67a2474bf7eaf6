package io.broadsheet.feedback.listener;

import static io.broadsheet.test.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.FeedbackDoors.ListenerProtocol;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.MailBack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spoken to over real sockets, by mail servers and by those who only pretend. */
class MailServerTest {
    private static final Limits SMALL =
            new Limits(4, 2, 100, 200, 4_000, 3, 40, 5, Duration.ofSeconds(2), Duration.ofSeconds(2));

    private final List<MailBack> taken = new CopyOnWriteArrayList<>();
    private final List<MailServer> servers = new ArrayList<>();
    private volatile boolean databaseAway;

    @AfterEach
    void stop() {
        servers.forEach(MailServer::close);
    }

    private MailServer server(ListenerProtocol protocol, Limits limits) {
        MailServer server = new MailServer(
                new FeedbackDoors.Listener(new ListenAddress("127.0.0.1", 0), protocol),
                Set.of("bounce.example.org"),
                this::keep,
                Duration.ofSeconds(5),
                limits);
        servers.add(server);
        server.start();
        return server;
    }

    private void keep(MailBack mail) {
        if (databaseAway || "poison@bounce.example.org".equals(mail.recipient())) {
            throw new IllegalStateException("the database is away");
        }
        taken.add(mail);
    }

    /** The other side. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(MailServer server) throws IOException {
            socket = new Socket("127.0.0.1", server.bound().port());
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        }

        /** The next reply, its last line. */
        String reply() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return String.valueOf(line);
        }

        String say(String line) throws IOException {
            return send(line + "\r\n").reply();
        }

        Client hello(String verb) throws IOException {
            assertThat(reply()).startsWith("220 ");
            assertThat(say(verb + " mx.reader.example")).startsWith("250 ");
            return this;
        }

        Client upToData(String... recipients) throws IOException {
            assertThat(say("MAIL FROM:<>")).startsWith("250 ");
            for (String recipient : recipients) {
                assertThat(say("RCPT TO:<" + recipient + ">")).startsWith("250 ");
            }
            assertThat(say("DATA")).startsWith("354 ");
            return this;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Client lmtp(Limits limits) throws IOException {
        return new Client(server(ListenerProtocol.LMTP, limits)).hello("LHLO");
    }

    private Client smtp(Limits limits) throws IOException {
        return new Client(server(ListenerProtocol.SMTP, limits)).hello("EHLO");
    }

    private static String text(MailBack mail) {
        return new String(mail.message(), ISO_8859_1);
    }

    @Test
    void lmtp_answers_for_each_recipient_after_its_commit() throws Exception {
        try (Client client = lmtp(Limits.USUAL)) {
            client.upToData("bounces+one@bounce.example.org", "poison@bounce.example.org", "two@BOUNCE.example.org");

            client.send("Subject: x\r\n\r\n..dot\r\n.\r\n");

            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("451 4.3.0");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.say("QUIT")).startsWith("221 ");
        }
        assertThat(taken)
                .extracting(MailBack::recipient)
                .containsExactly("bounces+one@bounce.example.org", "two@BOUNCE.example.org");
        assertThat(text(taken.get(0))).isEqualTo("Subject: x\r\n\r\n.dot\r\n");
    }

    @Test
    void smtp_says_451_while_the_database_is_away_and_takes_the_mail_later() throws Exception {
        try (Client client = smtp(Limits.USUAL)) {
            databaseAway = true;
            client.upToData("a@bounce.example.org").send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("451 4.3.0");
            assertThat(servers.get(0).isWell()).isFalse();

            databaseAway = false;
            client.upToData("a@bounce.example.org").send("x\r\n.\r\n");

            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(servers.get(0).isWell()).isTrue();
        }
        assertThat(taken).hasSize(1);
    }

    @Test
    void what_is_pipelined_is_answered_in_its_order() throws Exception {
        try (Client client = smtp(Limits.USUAL)) {
            client.send(
                    "MAIL FROM:<> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<a@bounce.example.org>\r\nRCPT TO:<x@reader.example>\r\n"
                            + "RCPT TO:<@relay.example:postmaster>\r\nDATA\r\n");

            assertThat(List.of(client.reply(), client.reply(), client.reply(), client.reply(), client.reply()))
                    .extracting(reply -> reply.substring(0, 3))
                    .containsExactly("250", "250", "550", "250", "354");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n.\r\nMAIL FROM:<evil@example.com>\r\n",
                "a\r\n.\nMAIL FROM:<evil@example.com>\r\n",
                "a\n.\nMAIL FROM:<evil@example.com>\r\n",
                "a\r.\r\nMAIL FROM:<evil@example.com>\r\n",
                "a\r\n.\rMAIL FROM:<evil@example.com>\r\n",
                "a\r\r\n.\r\n"
            })
    void a_mail_with_a_cr_or_lf_alone_ends_the_conversation(String smuggled) throws Exception {
        try (Client client = smtp(Limits.USUAL)) {
            client.upToData("a@bounce.example.org").send(smuggled + "RCPT TO:<a@bounce.example.org>\r\n");

            assertThat(client.reply()).startsWith("521 5.5.2");
            assertThat(client.reply()).isEqualTo("null");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void who_sends_the_mail_before_354_is_not_listened_to() throws Exception {
        try (Client client = smtp(Limits.USUAL)) {
            client.send("MAIL FROM:<>\r\nRCPT TO:<a@bounce.example.org>\r\nDATA\r\nSubject: x\r\n.\r\n");

            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.reply()).startsWith("521 5.5.0");
        }
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RCPT TO:<victim@reader.example>",
                "RCPT TO:<victim@reader.example@evil.example>",
                "RCPT TO:<victim%reader.example@evil.bounce.example.org>",
                "RCPT TO:<>",
                "RCPT TO:<a@bounce.example.org> NOTIFY=SUCCESS",
                "RCPT TO:a@bounce.example.org",
                "RCPT TO:<a b@bounce.example.org>",
                "MAIL FROM:<>",
                "AUTH PLAIN AAAA",
                "BDAT 10 LAST",
                "STARTTLS",
                "HELO x",
                "EXPN list",
                "LHLO",
                "\u0000\u0001\u00ff"
            })
    void what_is_not_ours_or_not_offered_is_refused(String command) throws Exception {
        try (Client client = lmtp(Limits.USUAL)) {
            client.say("MAIL FROM:<>");

            assertThat(client.say(command)).startsWith("5");
            assertThat(client.say("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void commands_out_of_order_are_refused() throws Exception {
        try (Client client = new Client(server(ListenerProtocol.LMTP, Limits.USUAL))) {
            client.reply();

            assertThat(client.say("MAIL FROM:<>")).startsWith("503 ");
            assertThat(client.say("EHLO x")).startsWith("500 ");
            assertThat(client.say("LHLO x")).startsWith("250 ");
            assertThat(client.say("DATA")).startsWith("503 ");
            assertThat(client.say("RCPT TO:<a@bounce.example.org>")).startsWith("503 ");
            assertThat(client.say("MAIL FROM:<> SIZE=99999999999")).startsWith("552 ");
        }
    }

    @Test
    void a_web_browser_is_sent_away_at_once() throws Exception {
        try (Client client = lmtp(Limits.USUAL)) {
            assertThat(client.say("POST / HTTP/1.1")).startsWith("521 ");
            assertThat(client.reply()).isEqualTo("null");
        }
    }

    @Test
    void too_long_too_large_too_many_each_has_its_answer() throws Exception {
        try (Client client = smtp(SMALL)) {
            assertThat(client.say("NOOP " + "x".repeat(200))).startsWith("500 5.5.2");
            client.upToData("a@bounce.example.org").send("x".repeat(300) + "\r\n.\r\n");
            assertThat(client.reply()).startsWith("554 5.6.0");
            client.upToData("a@bounce.example.org").send(("x".repeat(150) + "\r\n").repeat(30) + ".\r\n");
            assertThat(client.reply()).startsWith("552 5.3.4");
            client.upToData("a@bounce.example.org").send(("x".repeat(150) + "\r\n").repeat(100));
            assertThat(client.reply()).startsWith("521 5.3.4");
        }
        try (Client client = smtp(SMALL)) {
            client.say("MAIL FROM:<>");
            for (int at = 0; at < 3; at++) {
                assertThat(client.say("RCPT TO:<" + at + "@bounce.example.org>"))
                        .startsWith("250 ");
            }
            assertThat(client.say("RCPT TO:<more@bounce.example.org>")).startsWith("452 4.5.3");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void a_line_without_end_ends_the_conversation() throws Exception {
        try (Client client = smtp(Limits.USUAL)) {
            client.send("x".repeat((1 << 20) + 10));

            assertThat(client.reply()).startsWith("521 5.5.2");
        }
    }

    @Test
    void endless_errors_and_endless_talk_end() throws Exception {
        try (Client client = smtp(SMALL)) {
            for (int at = 0; at < 4; at++) {
                assertThat(client.say("WHAT")).startsWith("500 ");
            }
            assertThat(client.say("WHAT")).startsWith("500 ");
            assertThat(client.reply()).startsWith("421 4.7.0");
        }
        try (Client client = smtp(SMALL)) {
            client.send("NOOP\r\n".repeat(60));
            String last = client.reply();
            while (last.startsWith("250 ")) {
                last = client.reply();
            }
            assertThat(last).startsWith("421 4.7.0");
        }
    }

    @Test
    void a_slow_drip_is_cut_off_though_something_comes_all_the_time() throws Exception {
        try (Client client = smtp(SMALL)) {
            Thread drip = new Thread(() -> drip(client), "drip");
            drip.start();

            assertThat(client.reply()).startsWith("421 4.4.2");
            drip.join();
        }
    }

    private static void drip(Client client) {
        try {
            for (CountDownLatch never = new CountDownLatch(1);
                    !never.await(100, java.util.concurrent.TimeUnit.MILLISECONDS); ) {
                client.send("x");
            }
        } catch (IOException | InterruptedException e) {
            assertThat(e).isInstanceOf(IOException.class); // cut off, as it should be
        }
    }

    @Test
    void a_flood_of_connections_is_told_to_come_later_and_the_rest_goes_on() throws Exception {
        MailServer server = server(ListenerProtocol.SMTP, SMALL);
        List<Client> clients = new ArrayList<>();
        for (int at = 0; at < 4; at++) {
            clients.add(new Client(server).hello("EHLO"));
        }

        try (Client one = new Client(server)) {
            assertThat(one.reply()).startsWith("421 4.3.2");
        }
        assertThat(clients.get(0).say("NOOP")).startsWith("250 ");
        for (Client client : clients) {
            client.close();
        }
        eventually("there is room again", () -> {
            try (Client client = new Client(server)) {
                return client.reply().startsWith("220 ");
            }
        });
    }

    @Test
    void a_mail_that_is_being_taken_is_answered_before_the_server_stops() throws Exception {
        CountDownLatch taking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MailServer server = new MailServer(
                new FeedbackDoors.Listener(new ListenAddress("127.0.0.1", 0), ListenerProtocol.SMTP),
                Set.of("bounce.example.org"),
                mail -> {
                    taking.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Duration.ofSeconds(10));
        server.start();
        try (Client client = new Client(server).hello("EHLO");
                Client idle = new Client(server).hello("EHLO")) {
            client.upToData("a@bounce.example.org").send("x\r\n.\r\n");
            taking.await();

            Thread closing = new Thread(server::close, "closing");
            closing.start();

            assertThat(idle.reply()).startsWith("421 4.3.2");
            goOn.countDown();
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("421 4.3.2");
            closing.join();
        }
    }

    @Test
    void a_port_in_use_is_said_with_the_mend() {
        MailServer first = server(ListenerProtocol.LMTP, Limits.USUAL);
        MailServer second = new MailServer(
                new FeedbackDoors.Listener(first.bound(), ListenerProtocol.LMTP),
                Set.of("bounce.example.org"),
                this::keep,
                Duration.ofSeconds(1));

        assertThatThrownBy(second::start)
                .isInstanceOf(OutsideError.class)
                .hasMessageStartingWith(
                        "mail.feedback.listener: 127.0.0.1:" + first.bound().port() + " can't be listened on")
                .hasMessageEndingWith("set another 'listen'");
    }
}
