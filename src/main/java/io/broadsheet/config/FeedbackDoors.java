package io.broadsheet.config;

import io.broadsheet.config.Settings.Security;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail.feedback}: the ways by which bounces, complaints and unsubscribes come back.
 *
 * @param mailbox one that is read; absent: none
 * @param listener a mail server of our own; absent: none
 * @param webhooks each with a name of its own
 */
public record FeedbackDoors(
        @Nullable MailboxAccess mailbox, @Nullable Listener listener, List<Webhook> webhooks) {
    /** Nothing comes back but what mail servers answer at once. */
    public static final FeedbackDoors NONE = new FeedbackDoors(null, null, List.of());

    public FeedbackDoors {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * A mailbox on another server.
     *
     * @param folder of IMAP
     * @param every how long after one look the next is due where the server doesn't tell by itself (IMAP IDLE); such a connection is renewed that often
     */
    public record MailboxAccess(
            MailboxProtocol protocol,
            String host,
            int port,
            Security security,
            String username,
            Secret password,
            String folder,
            Duration every,
            After after) {}

    /** How a mailbox is read. */
    public enum MailboxProtocol {
        IMAP,
        POP3
    }

    /**
     * What becomes of a mail that was taken.
     *
     * @param folder where it goes; only with {@link Fate#MOVE}
     */
    public record After(Fate fate, @Nullable String folder) {
        public static final After DELETE = new After(Fate.DELETE, null);
    }

    /** What becomes of a mail that was taken. */
    public enum Fate {
        /** It is deleted. */
        DELETE,
        /** It stays, marked as seen; what is marked so is not read again. */
        KEEP,
        /** It goes to another folder. */
        MOVE
    }

    /**
     * Our own mail server for what comes back.
     *
     * @param listen where; port 0 lets the system choose
     */
    public record Listener(ListenAddress listen, ListenerProtocol protocol) {}

    /** What our own mail server speaks. */
    public enum ListenerProtocol {
        /** For a mail server before it, such as Postfix (RFC 2033). */
        LMTP,
        /** As the domain's MX (RFC 5321). */
        SMTP
    }

    /**
     * Where a mail provider posts its reports: {@code /hooks/mail/NAME}. What its provider doesn't need is absent.
     *
     * @param topic the ARN of the SNS topic; for SES
     * @param publicKey base64 of the DER of an elliptic-curve key; for SendGrid
     * @param key the signing key; for Mailgun
     * @param username of HTTP basic authentication; with {@code password}
     * @param token of {@code Authorization: Bearer}
     */
    public record Webhook(
            String name,
            Provider provider,
            @Nullable String topic,
            @Nullable String publicKey,
            @Nullable Secret key,
            @Nullable Secret username,
            @Nullable Secret password,
            @Nullable Secret token) {}

    /** Mail providers whose reports we read. */
    public enum Provider {
        /** Amazon SES, by SNS. */
        SES,
        /** Twilio SendGrid. */
        SENDGRID,
        MAILGUN,
        POSTMARK,
        SPARKPOST,
        BREVO;

        /** Whether it signs what it posts; the others are known by a password or a token. */
        public boolean signs() {
            return this == SES || this == SENDGRID || this == MAILGUN;
        }
    }
}
