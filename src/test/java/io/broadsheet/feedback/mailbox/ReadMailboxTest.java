package io.broadsheet.feedback.mailbox;

import static io.broadsheet.test.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.broadsheet.config.FeedbackDoors.After;
import io.broadsheet.config.FeedbackDoors.Fate;
import io.broadsheet.config.FeedbackDoors.MailboxAccess;
import io.broadsheet.config.FeedbackDoors.MailboxProtocol;
import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.feedback.MailBack;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a real IMAP and POP3 server that comes and goes. */
class ReadMailboxTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<ReadMailbox> readers = new ArrayList<>();
    private volatile @Nullable String refused;
    private int imapPort;
    private int pop3Port;
    private GreenMail server;

    @BeforeEach
    void start() throws Exception {
        imapPort = freePort();
        pop3Port = freePort();
        server = started();
    }

    private GreenMail started() {
        ServerSetup imap = new ServerSetup(imapPort, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        ServerSetup pop3 = new ServerSetup(pop3Port, "127.0.0.1", ServerSetup.PROTOCOL_POP3);
        imap.setServerStartupTimeout(10_000);
        pop3.setServerStartupTimeout(10_000);
        GreenMail started = new GreenMail(new ServerSetup[] {imap, pop3});
        started.start();
        started.setUser("bounces@example.org", "bounces", "secret");
        return started;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        readers.forEach(ReadMailbox::close);
        server.stop();
    }

    private ReadMailbox reader(MailboxProtocol protocol, String password, Duration every, After after) {
        MailboxAccess access = new MailboxAccess(
                protocol,
                "127.0.0.1",
                protocol == MailboxProtocol.IMAP ? imapPort : pop3Port,
                Security.NONE,
                "bounces",
                new Secret(password),
                "INBOX",
                every,
                after);
        ReadMailbox reader = new ReadMailbox(access, this::keep);
        readers.add(reader);
        reader.start();
        return reader;
    }

    private void keep(MailBack mail) {
        String text = new String(mail.message(), ISO_8859_1);
        String subject = text.replaceAll("(?s).*Subject: (\\w+).*", "$1");
        if (subject.equals(refused)) {
            throw new IllegalStateException("the database is away");
        }
        taken.add(subject);
    }

    private void deliver(String subject) throws Exception {
        deliver(subject, "text");
    }

    private void deliver(String subject, String body) throws Exception {
        String text = "From: <>\r\nTo: bounces@example.org\r\nSubject: " + subject + "\r\n\r\n" + body + "\r\n";
        GreenMailUser user = server.getUserManager().getUser("bounces");
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(ISO_8859_1))));
    }

    private int left() {
        return server.getReceivedMessagesForDomain("example.org").length;
    }

    @ParameterizedTest
    @EnumSource(MailboxProtocol.class)
    void what_lies_there_is_taken_and_then_deleted(MailboxProtocol protocol) throws Exception {
        deliver("one");
        deliver("two");

        ReadMailbox reader = reader(protocol, "secret", NEVER, After.DELETE);

        eventually("both are gone", () -> left() == 0);
        assertThat(taken).containsExactly("one", "two");
        eventually("it is well", reader::isWell);
    }

    @Test
    void idle_brings_a_bounce_at_once_and_the_next_one_too() throws Exception {
        ReadMailbox reader = reader(MailboxProtocol.IMAP, "secret", NEVER, After.DELETE);
        eventually("it waits", reader::isWell); // or is about to: what comes in between is looked for

        long before = System.nanoTime();
        deliver("one");
        eventually("one is taken", () -> taken.contains("one"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));

        eventually("one is gone", () -> left() == 0);
        deliver("two");
        eventually("two is taken", () -> taken.contains("two"));
    }

    @Test
    void a_connection_that_was_quiet_for_long_is_renewed() throws Exception {
        ReadMailbox reader = reader(MailboxProtocol.IMAP, "secret", Duration.ofMillis(100), After.DELETE);
        eventually("it was looked at", reader::isWell);

        for (String each : List.of("one", "two", "three")) {
            deliver(each);
            eventually(each + " is taken", () -> taken.contains(each));
        }

        assertThat(reader.isWell()).isTrue();
    }

    @Test
    void pop3_is_asked_again_and_again() throws Exception {
        ReadMailbox reader = reader(MailboxProtocol.POP3, "secret", Duration.ofMillis(50), After.DELETE);
        eventually("it was looked at", reader::isWell);

        deliver("later");

        eventually("it is taken", () -> taken.contains("later"));
        eventually("it is gone", () -> left() == 0);
    }

    @ParameterizedTest
    @EnumSource(MailboxProtocol.class)
    void what_could_not_be_kept_stays_and_is_taken_later(MailboxProtocol protocol) throws Exception {
        refused = "one";
        deliver("one");
        deliver("two");
        ReadMailbox reader = reader(protocol, "secret", Duration.ofMillis(50), After.DELETE);
        eventually("the other is gone", () -> left() == 1);
        assertThat(taken).contains("two").doesNotContain("one");

        refused = null;
        if (protocol == MailboxProtocol.IMAP) {
            deliver("three"); // what wakes it
        }

        eventually("it is taken after all", () -> taken.contains("one"));
        eventually("nothing is left", () -> left() == 0);
        eventually("it is well", reader::isWell);
    }

    @ParameterizedTest
    @EnumSource(MailboxProtocol.class)
    void a_server_that_dies_is_found_again(MailboxProtocol protocol) throws Exception {
        ReadMailbox reader = reader(protocol, "secret", Duration.ofMillis(50), After.DELETE);
        eventually("it is well", reader::isWell);

        server.stop();
        eventually("it is hindered", () -> !reader.isWell());
        server = started();
        deliver("after");

        eventually("it is taken", () -> taken.contains("after"));
    }

    @Test
    void what_was_taken_just_before_a_kill_is_read_once_more_and_not_lost() throws Exception {
        deliver("one");
        ReadMailbox killed = reader(MailboxProtocol.POP3, "secret", NEVER, After.DELETE);
        eventually("it is gone", () -> left() == 0);
        killed.close();

        deliver("two");
        reader(MailboxProtocol.POP3, "secret", NEVER, After.DELETE);

        eventually("the next reader goes on", () -> taken.contains("two"));
    }

    @Test
    void kept_mails_are_marked_and_not_read_again() throws Exception {
        deliver("one");
        ReadMailbox first = reader(MailboxProtocol.IMAP, "secret", NEVER, new After(Fate.KEEP, null));
        eventually("it is well", first::isWell);
        first.close();

        deliver("two");
        reader(MailboxProtocol.IMAP, "secret", NEVER, new After(Fate.KEEP, null));

        eventually("two is taken", () -> taken.contains("two"));
        assertThat(taken).containsExactly("one", "two");
        eventually(
                "both are marked", () -> server.getReceivedMessagesForDomain("example.org")[1].isSet(Flags.Flag.SEEN));
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void moved_mails_lie_in_their_folder() throws Exception {
        deliver("one");

        reader(MailboxProtocol.IMAP, "secret", NEVER, new After(Fate.MOVE, "Done"));

        GreenMailUser user = server.getUserManager().getUser("bounces");
        eventually("it lies in Done", () -> {
            var done = server.getManagers().getImapHostManager().getFolder(user, "Done");
            var inbox = server.getManagers().getImapHostManager().getInbox(user);
            return done != null && done.getMessageCount() == 1 && inbox.getMessageCount() == 0;
        });
        assertThat(taken).containsExactly("one");
    }

    @ParameterizedTest
    @EnumSource(MailboxProtocol.class)
    void of_a_huge_mail_only_the_beginning_is_read(MailboxProtocol protocol) throws Exception {
        deliver("huge", ("x".repeat(76) + "\r\n").repeat(40_000));

        reader(protocol, "secret", NEVER, After.DELETE);

        eventually("it is gone", () -> left() == 0);
        assertThat(taken).containsExactly("huge");
    }

    @Test
    void a_wrong_password_hinders_and_nothing_is_taken() throws Exception {
        deliver("one");

        ReadMailbox reader = reader(MailboxProtocol.IMAP, "wrong", NEVER, After.DELETE);
        reader.close();

        assertThat(reader.isWell()).isFalse();
        assertThat(taken).isEmpty();
        assertThat(left()).isEqualTo(1);
    }
}
