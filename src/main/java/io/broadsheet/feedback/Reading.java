package io.broadsheet.feedback;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, whether or not it is true.
 *
 * @param address whom it is about, as it says; absent where it doesn't, or hides it
 * @param status enhanced status, of a bounce or delay; absent where it has none
 * @param diagnostic what a mail server said, or why this can't be read; may be empty
 * @param recipients whom the mail itself was to
 * @param places texts in which a token of ours may stand, the best first
 * @param messageId of the mail that it is about; absent where it doesn't say
 */
record Reading(
        What what,
        @Nullable String address,
        @Nullable String status,
        String diagnostic,
        List<String> recipients,
        List<String> places,
        @Nullable String messageId) {
    Reading {
        recipients = List.copyOf(recipients);
        places = List.copyOf(places);
    }

    static Reading of(
            What what,
            @Nullable String address,
            @Nullable String status,
            String diagnostic,
            List<String> places,
            @Nullable String messageId) {
        return new Reading(what, address, status, diagnostic, List.of(), places, messageId);
    }

    /** A mail of which only this can be said. */
    static Reading of(What what, String diagnostic) {
        return of(what, null, null, diagnostic, List.of(), null);
    }

    /** What kind of mail. */
    enum What {
        BOUNCE,
        DELAY,
        COMPLAINT,
        UNSUBSCRIBE,
        /** No feedback: an automatic answer, a challenge, a note that mail arrived. */
        ANSWER,
        UNPARSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Reading at(List<String> itsRecipients, List<String> itsPlaces) {
        return new Reading(what, address, status, diagnostic, itsRecipients, itsPlaces, messageId);
    }

    /** Recipients and places, in this order. */
    List<String> allPlaces() {
        return Stream.concat(recipients.stream(), places.stream()).toList();
    }
}
