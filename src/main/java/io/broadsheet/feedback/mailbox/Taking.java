package io.broadsheet.feedback.mailbox;

import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.MailBack;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands one mail after another to who takes them. Used by one thread. */
final class Taking {
    private static final Logger log = LoggerFactory.getLogger(Taking.class);
    private static final String VIA = "mailbox";
    /** One that fails may be odd; so many in a row are not to blame. */
    private static final int FAILURES_MAX = 3;

    private final Consumer<MailBack> take;
    private final BooleanSupplier stopped;
    private int failures;

    Taking(Consumer<MailBack> take, BooleanSupplier stopped) {
        this.take = take;
        this.stopped = stopped;
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    /**
     * Whether the mail is committed; one that isn't stays where it is, for the next time.
     *
     * @throws OutsideError when several in a row could not be taken
     */
    boolean take(byte[] mail) {
        try {
            take.accept(new MailBack(mail, null, VIA));
            failures = 0;
            return true;
        } catch (RuntimeException e) {
            failures++;
            if (failures >= FAILURES_MAX) {
                throw new OutsideError(
                        "mail.feedback.mailbox: " + failures
                                + " mails in a row could not be kept; they stay there, and are read again",
                        true,
                        e);
            }
            log.atError()
                    .setCause(e)
                    .log("a mail that came back could not be kept; it stays in the mailbox, and is read again");
            return false;
        }
    }
}
