package io.broadsheet.delivery;

/** What the end of one attempt says about the provider's view of us. */
enum Verdict {
    /** The message was taken. */
    ACCEPTED,
    /** Refused or put off for this reader's own sake, or no attempt at all. */
    NEUTRAL,
    /** The provider asks to be sent less, for now. */
    SLOW_DOWN,
    /** None of the provider's servers can be reached. */
    UNREACHABLE,
    /** The provider, or the mail server that takes our mail, does not want mail from us as it is. */
    NOT_WELCOME,
    /** Its edition goes no further for now: what waits of it must not be begun only to be broken off. */
    STOPPED
}
