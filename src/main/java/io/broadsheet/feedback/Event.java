package io.broadsheet.feedback;

import io.broadsheet.edition.EditionId;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscriber;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that came back or was done, matched to whom it is about as far as that is known.
 *
 * @param fingerprint what makes it itself: the same thing counts once
 * @param severity of a bounce; absent otherwise
 * @param subscriber absent where it is about nobody we know
 * @param addressKey whose history it belongs to; absent where nobody knows
 * @param edition absent where it is about none, or it doesn't say
 * @param newsletter the one to leave; absent: all
 * @param status enhanced status; absent where there is none
 * @param diagnostic in one line; may be empty
 * @param sent when the mail in question went out, or else {@code happened}
 * @param raw the beginning of a mail that couldn't be read; absent otherwise
 */
record Event(
        String fingerprint,
        Kind kind,
        @Nullable Severity severity,
        @Nullable Subscriber subscriber,
        @Nullable String addressKey,
        @Nullable EditionId edition,
        @Nullable NewsletterId newsletter,
        @Nullable String status,
        String diagnostic,
        String via,
        Instant sent,
        Instant happened,
        @Nullable String raw) {
    /**
     * What an admin did to an address.
     *
     * @param via by which door, such as {@code import}
     */
    static Event byAdmin(Kind kind, String addressKey, @Nullable Subscriber subscriber, String via, Instant now) {
        return new Event(
                Fingerprint.of(kind.word(), addressKey, now.toString()),
                kind,
                null,
                subscriber,
                addressKey,
                null,
                null,
                null,
                "",
                via,
                now,
                now,
                null);
    }

    /** What kind of thing. */
    enum Kind {
        BOUNCE,
        DELAY,
        COMPLAINT,
        UNSUBSCRIBE,
        /** An admin's doing. */
        SUPPRESSED,
        /** An admin's doing. */
        LIFTED,
        UNPARSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
