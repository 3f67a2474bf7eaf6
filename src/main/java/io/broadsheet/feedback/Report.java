package io.broadsheet.feedback;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail provider reports of one mail to one address, in its own structured form. Only for what a door has authenticated, by the webhook's
 * signature for instance: such a report is believed without a token. At least one of address, return path and Message-ID says whom it is about.
 *
 * @param address the reader's, as the provider writes it; absent where it doesn't say
 * @param returnPath the MAIL FROM of the mail in question, or its token alone; absent where the provider doesn't say
 * @param messageId of the mail in question, with or without angle brackets; absent likewise. It finds an edition only together with an address
 * @param status enhanced status such as {@code 5.1.1} (RFC 3463). A door whose provider gives words instead writes the one they mean: {@code 5.1.1} no
 *     such mailbox, {@code 5.2.2} full, {@code 5.7.1} blocked or spam, {@code 4.4.7} given up after trying, {@code 5.0.0} anything else for good,
 *     {@code 4.0.0} anything else. Absent: the diagnostic is looked at
 * @param diagnostic what the reader's mail server said; absent where nothing is known
 * @param at when it happened, by the provider's clock
 * @param via the webhook's name
 * @param event the provider's own id of this event, by which a repeated report is known; absent: its parts tell
 */
public record Report(
        Kind kind,
        @Nullable String address,
        @Nullable String returnPath,
        @Nullable String messageId,
        @Nullable String status,
        @Nullable String diagnostic,
        Instant at,
        String via,
        @Nullable String event) {
    /** What happened to the mail. */
    public enum Kind {
        /** It did not arrive and won't. */
        BOUNCE,
        /** It has not arrived yet, and is tried again: noted, and nothing follows. */
        DELAY,
        /** The reader called it spam. */
        COMPLAINT,
        /** The reader wants no more of it: of the newsletter where return path or Message-ID tell which, otherwise of any. */
        UNSUBSCRIBE;

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
