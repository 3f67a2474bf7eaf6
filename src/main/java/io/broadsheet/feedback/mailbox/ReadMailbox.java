package io.broadsheet.feedback.mailbox;

import io.broadsheet.config.FeedbackDoors.MailboxAccess;
import io.broadsheet.config.FeedbackDoors.MailboxProtocol;
import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.MailBack;
import io.broadsheet.log.Safe;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the mailbox as long as it lives. Owns two threads: {@code mailbox} reads, {@code mailbox-alarm}
 * ends connections that were quiet for long. When the server is away it is tried again after pauses that grow, which is
 * said once in the log. Started once, closed once; both by one thread.
 */
public final class ReadMailbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadMailbox.class);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);
    /** Routers forget quiet connections, and servers may end an IDLE after half an hour (RFC 2177 §3). */
    private static final Duration RENEW_MAX = Duration.ofMinutes(10);

    private final MailboxAccess access;
    private final Consumer<MailBack> take;
    private final Connecting connecting;
    private final Pause stop = new Pause();
    private final Thread thread = new Thread(this::run, "mailbox");
    private final ScheduledExecutorService alarm =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "mailbox-alarm"));
    private final Duration renew;
    private volatile boolean well;
    private @Nullable String hindrance;

    /** @param take commits one mail, or throws; safe to repeat */
    public ReadMailbox(MailboxAccess access, Consumer<MailBack> take) {
        this.access = access;
        this.take = take;
        this.connecting = new Connecting(access);
        this.renew = access.every().compareTo(RENEW_MAX) > 0 ? RENEW_MAX : access.every();
    }

    public void start() {
        thread.start();
    }

    /** Whether the mailbox could be read last time; false until the first time. */
    public boolean isWell() {
        return well;
    }

    private void run() {
        Duration pause = PAUSE_FIRST;
        while (!stop.isStopped()) {
            Stopwatch watch = Stopwatch.start();
            Duration wait;
            try {
                wait = session() ? access.every() : Duration.ZERO;
                pause = PAUSE_FIRST;
            } catch (MessagingException | IOException | RuntimeException e) {
                if (connecting.wasCut()) {
                    continue; // it was quiet for long, and something came just then
                }
                hindered(e);
                // A connection that stood for a while and broke is no sign that the next won't stand.
                pause = watch.elapsed().compareTo(PAUSE_MAX) > 0 ? PAUSE_FIRST : pause;
                wait = pause;
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
            }
            if (stop.stoppedWithin(wait)) {
                return;
            }
        }
    }

    /** One connection, for as long as it is of use. @return whether to pause before the next */
    private boolean session() throws MessagingException, IOException {
        try (Box box = open()) {
            Taking taking = new Taking(take, stop::isStopped);
            while (!stop.isStopped()) {
                box.read(taking);
                readWell();
                switch (box.await()) {
                    case CAME -> {}
                    case NOT_TOLD -> {
                        return true;
                    }
                    case QUIET -> {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    private Box open() throws MessagingException {
        return access.protocol() == MailboxProtocol.IMAP
                ? ImapBox.open(connecting, access.folder(), access.after(), alarm, renew)
                : Pop3Box.open(connecting);
    }

    private void readWell() {
        if (hindrance != null) {
            log.atInfo().addKeyValue("host", access.host()).log("the mailbox is read again");
        }
        hindrance = null;
        well = true;
    }

    private void hindered(Exception e) {
        if (stop.isStopped()) {
            return;
        }
        well = false;
        String mend = mend(e);
        // Once for each kind: while a server is away it fails in one way, then in another.
        if (!mend.equals(hindrance)) {
            hindrance = mend;
            boolean bug = e instanceof RuntimeException && !(e instanceof OutsideError);
            (bug ? log.atError() : log.atWarn())
                    .setCause(bug ? e : null)
                    .log(
                            "mail.feedback.mailbox: {}:{} could not be read: {}; {}",
                            access.host(),
                            access.port(),
                            why(e),
                            mend);
        }
    }

    private String mend(Exception e) {
        if (e instanceof AuthenticationFailedException) {
            return "mend user name and password";
        }
        if (e instanceof FolderNotFoundException) {
            return "create the folder '" + access.folder() + "' or name another";
        }
        if (e.getCause() instanceof SSLException) {
            return "its certificate must be valid for this host name, or 'security' must be what the server offers";
        }
        return "it is tried again";
    }

    /** The reason without the library's own wrapping. */
    private static String why(Exception e) {
        Throwable cause = e.getCause() instanceof SSLException ? e.getCause() : e;
        return Safe.text(String.valueOf(cause.getMessage())
                .replaceFirst("^\\* BYE Jakarta Mail Exception: ", "")
                .replaceAll("\\bjavax?\\.[\\w.]+: ", "")
                .replaceAll("[\\s;]+", " "));
    }

    /** Reads no more; the mail under way is finished. */
    @Override
    public void close() {
        stop.stop();
        try {
            if (!thread.isAlive()) {
                return;
            }
            // First the mail under way has its time; then what only waits for the server is cut off.
            thread.join(PAUSE_FIRST.toMillis());
            connecting.cut();
            thread.join(STOP_DEADLINE.toMillis());
            if (thread.isAlive()) {
                log.warn("the mailbox's reader did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            alarm.shutdownNow();
        }
    }
}
