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
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.jspecify.annotations.Nullable;

/** One folder of an IMAP server (RFC 3501), with IDLE (RFC 2177) where it offers that. */
final class ImapBox implements Box {
    /** After so many, what was taken is put away: that many are read again at most after a kill. */
    private static final int BATCH = 50;

    private final Store store;
    private final IMAPFolder folder;
    private final After after;
    private final boolean tells;
    private final Connecting connecting;
    private final ScheduledExecutorService alarm;
    private final Duration renew;
    private int lookedAt;

    private ImapBox(
            Store store,
            IMAPFolder folder,
            After after,
            Connecting connecting,
            ScheduledExecutorService alarm,
            Duration renew)
            throws MessagingException {
        this.store = store;
        this.folder = folder;
        this.after = after;
        this.tells = ((IMAPStore) store).hasCapability("IDLE");
        this.connecting = connecting;
        this.alarm = alarm;
        this.renew = renew;
    }

    /**
     * @param alarm ends a quiet connection
     * @param renew how long a connection may be quiet
     */
    static ImapBox open(Connecting connecting, String name, After after, ScheduledExecutorService alarm, Duration renew)
            throws MessagingException {
        Store store = connecting.connect();
        try {
            IMAPFolder folder = (IMAPFolder) store.getFolder(name);
            folder.open(Folder.READ_WRITE);
            return new ImapBox(store, folder, after, connecting, alarm, renew);
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
        if (count > 0 && after.fate() != Fate.KEEP) {
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
        folder.doCommand(ImapBox::noop); // some servers don't tell in IDLE what they knew before it
        if (folder.getMessageCount() > lookedAt) {
            return News.CAME;
        }
        Stopwatch watch = Stopwatch.start();
        // The library ignores time-outs in IDLE, and a dead connection is as quiet as a mailbox without mail.
        Future<?> renewal = alarm.schedule(connecting::cut, renew.toMillis(), TimeUnit.MILLISECONDS);
        try {
            folder.idle(true);
            return News.CAME;
        } catch (FolderClosedException e) {
            if (watch.elapsed().compareTo(renew) >= 0) {
                return News.QUIET; // our own doing
            }
            throw e;
        } finally {
            renewal.cancel(false);
        }
    }

    private static @Nullable Object noop(IMAPProtocol protocol) throws ProtocolException {
        protocol.noop();
        return null;
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }
}
