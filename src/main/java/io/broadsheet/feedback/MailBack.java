package io.broadsheet.feedback;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One mail as it came to an address of ours for bounces, complaints or unsubscribes. Anybody may have written it.
 *
 * @param message the raw message (RFC 5322); never to be changed. What is over {@link #BYTES_MAX} is cut off: a report says what it has to say at its
 *     beginning, and the rest is the mail that it returns
 * @param recipient RCPT TO, without angle brackets; absent where the door doesn't know it: then Delivered-To, X-Original-To and To are looked at
 * @param via the door it came through: {@code mailbox}, {@code listener}, or the webhook's name
 */
public record MailBack(byte[] message, @Nullable String recipient, String via) {
    /** A door need read no more of a message than this. */
    public static final int BYTES_MAX = 1024 * 1024;

    public MailBack {
        if (message.length > BYTES_MAX) {
            message = Arrays.copyOf(message, BYTES_MAX);
        }
    }
}
