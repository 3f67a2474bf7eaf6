package io.broadsheet.feedback.mailbox;

import io.broadsheet.config.FeedbackDoors.After;
import io.broadsheet.config.FeedbackDoors.Fate;
import io.broadsheet.feedback.MailBack;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;

/** One folder of an IMAP server (RFC 3501), with IDLE (RFC 2177) where it offers that. */
final class ImapBox implements Box {
    /** After so many, what was taken is put away: that many are read again at most after a kill. */
    private static final int BATCH = 50;

    private final Store store;
    private final IMAPFolder folder;
    private final After after;
    private final boolean tells;
    private final Duration timeout;
    private int lookedAt;

    private ImapBox(Store store, IMAPFolder folder, After after, boolean tells, Duration timeout) {
        this.store = store;
        this.folder = folder;
        this.after = after;
        this.tells = tells;
        this.timeout = timeout;
    }

    static ImapBox open(Connecting connecting, String name, After after) throws MessagingException {
        Store store = connecting.connect();
        try {
            IMAPFolder folder = (IMAPFolder) store.getFolder(name);
            folder.open(Folder.READ_WRITE);
            boolean tells = ((IMAPStore) store).hasCapability("IDLE");
            return new ImapBox(store, folder, after, tells, connecting.timeout());
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public void read(Taking taking) throws MessagingException, IOException {
        int taken;
        do {
            lookedAt = folder.getMessageCount();
            taken = pass(taking);
            // Something may have come meanwhile, which IDLE would not tell of again.
        } while (taken > 0 && !taking.isStopped());
    }

    private int pass(Taking taking) throws MessagingException, IOException {
        List<Message> taken = new ArrayList<>();
        int count = 0;
        try {
            for (Message message : pending()) {
                if (taking.isStopped()) {
                    break;
                }
                if (taking.take(octets((IMAPMessage) message))) {
                    taken.add(message);
                    count++;
                }
                if (taken.size() >= BATCH) {
                    putAway(taken);
                }
            }
        } finally {
            putAway(taken);
        }
        if (after.fate() != Fate.KEEP) {
            folder.expunge();
        }
        return count;
    }

    private List<Message> pending() throws MessagingException {
        Flags done = new Flags(after.fate() == Fate.KEEP ? Flags.Flag.SEEN : Flags.Flag.DELETED);
        return Arrays.asList(folder.search(new FlagTerm(done, false)));
    }

    /** The message as it lies there, without marking it as seen, and no more of it than is looked at. */
    private static byte[] octets(IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        try (InputStream in = message.getMimeStream()) {
            return in.readNBytes(MailBack.BYTES_MAX);
        } finally {
            message.invalidateHeaders();
        }
    }

    private void putAway(List<Message> taken) throws MessagingException {
        if (taken.isEmpty() || !folder.isOpen()) {
            return;
        }
        Message[] messages = taken.toArray(Message[]::new);
        taken.clear();
        String target = after.folder();
        if (after.fate() == Fate.MOVE && target != null) {
            Folder done = store.getFolder(target);
            if (!done.exists()) {
                done.create(Folder.HOLDS_MESSAGES);
            }
            // A copy and a mark do the same as MOVE, on servers old and new.
            folder.copyMessages(messages, done);
        }
        folder.setFlags(messages, new Flags(after.fate() == Fate.KEEP ? Flags.Flag.SEEN : Flags.Flag.DELETED), true);
    }

    @Override
    public News await() throws MessagingException {
        if (!tells) {
            return News.NOT_TOLD;
        }
        if (folder.getMessageCount() > lookedAt) {
            return News.CAME;
        }
        Stopwatch watch = Stopwatch.start();
        try {
            folder.idle(true);
            return News.CAME;
        } catch (FolderClosedException e) {
            if (watch.elapsed().plusMillis(500).compareTo(timeout) >= 0) {
                return News.QUIET; // our own time-out, not the server's doing
            }
            throw e;
        }
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }
}
