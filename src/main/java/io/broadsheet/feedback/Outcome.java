package io.broadsheet.feedback;

import java.util.Locale;

/** What was done with something that came back. Whatever it is, the door is done with it. */
public enum Outcome {
    /** The address is mailed no more. */
    SUPPRESSED,
    /** A subscription ended, or had ended before. */
    UNSUBSCRIBED,
    /** It is in the history of the address; nothing else follows, or not yet. */
    NOTED,
    /** No feedback: an automatic answer, a challenge, a note that mail arrived. Nothing is kept. */
    IGNORED,
    /** Not to be read, or about nobody we could make out: kept for an admin. */
    UNPARSED,
    /** It was taken before. */
    REPEATED;

    /** As metrics and logs spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
