package io.broadsheet.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.broadsheet.error.OutsideError;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/** The sandbox's mail server: takes all mail by SMTP, keeps it in memory, and gives it out by IMAP. Safe for several threads, because GreenMail is. */
final class Mailboxes implements AutoCloseable {
    /** Of every mailbox in here. */
    static final String PASSWORD = "sandbox";

    private final GreenMail server;

    private Mailboxes(GreenMail server) {
        this.server = server;
    }

    static Mailboxes open() {
        ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        ServerSetup imap = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        GreenMail server = new GreenMail(new ServerSetup[] {smtp, imap});
        server.start();
        Reader.ALL.forEach(reader -> server.setUser(reader.email(), reader.email(), PASSWORD));
        return new Mailboxes(server);
    }

    int smtpPort() {
        return server.getSmtp().getPort();
    }

    int imapPort() {
        return server.getImap().getPort();
    }

    /** All mails in the order they came. */
    List<Mail> all() {
        List<Mail> mails = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            mails.add(Mail.of(message));
        }
        return mails;
    }

    /** Those to one reader, in the order they came. */
    List<Mail> of(Reader reader) {
        return all().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(reader.email()))
                .toList();
    }

    /** The bare address of a message's first recipient. */
    static String recipient(MimeMessage message) throws MessagingException {
        return message.getAllRecipients()[0] instanceof InternetAddress address ? address.getAddress() : "";
    }

    static OutsideError unreadable(Exception cause) {
        return new OutsideError("a mail in the sandbox cannot be read: " + cause.getMessage(), false, cause);
    }

    @Override
    public void close() {
        server.stop();
    }
}
