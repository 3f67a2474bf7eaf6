package io.broadsheet.edition;

/**
 * What composing came to.
 *
 * @param recipients how many it goes to
 * @param why in a few words: what it holds, or why there is nothing
 */
public record Composed(EditionId edition, Outcome outcome, long recipients, String why) {
    /** How it ended. */
    public enum Outcome {
        /** Composed now, and handed to the senders. */
        SENDING,
        /** Looked at now: nobody is due anything, or there are fewer articles than the cadence's minimum. */
        NOTHING_NEW,
        /** The slot had its edition before. */
        EXISTS,
        /** Another process, or another thread of this one, is at it. */
        IN_PROGRESS,
        /** An admin cancelled it meanwhile. */
        CANCELLED
    }
}
