package io.broadsheet.feedback.mailbox;

import io.broadsheet.feedback.MailBack;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.angus.mail.pop3.POP3Message;

/** A POP3 mailbox (RFC 1939). What was taken is deleted when the session ends in order, which the server then does at once or not at all. */
final class Pop3Box implements Box {
    /** Sessions are kept short: until the end of one, a kill has all of it read again. */
    private static final int SESSION_MAX = 200;
    /** Of a mail over the limit only so many lines are asked for. */
    private static final int LINES_MAX = 10_000;

    private final Store store;
    private final Folder inbox;

    private Pop3Box(Store store, Folder inbox) {
        this.store = store;
        this.inbox = inbox;
    }

    static Pop3Box open(Connecting connecting) throws MessagingException {
        Store store = connecting.connect();
        try {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            return new Pop3Box(store, inbox);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public void read(Taking taking) throws MessagingException, IOException {
        int last = Math.min(inbox.getMessageCount(), SESSION_MAX);
        for (int number = 1; number <= last && !taking.isStopped(); number++) {
            Message message = inbox.getMessage(number);
            if (taking.take(octets((POP3Message) message))) {
                message.setFlag(Flags.Flag.DELETED, true);
            }
        }
    }

    private static byte[] octets(POP3Message message) throws MessagingException, IOException {
        if (message.getSize() > MailBack.BYTES_MAX) {
            try (InputStream in = message.top(LINES_MAX)) {
                return in.readNBytes(MailBack.BYTES_MAX);
            }
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        message.invalidate(true);
        return octets.toByteArray();
    }

    @Override
    public News await() throws MessagingException {
        return inbox.getMessageCount() > SESSION_MAX ? News.QUIET : News.NOT_TOLD;
    }

    @Override
    public void close() throws MessagingException {
        try (store) {
            if (inbox.isOpen()) {
                inbox.close(true);
            }
        }
    }
}
