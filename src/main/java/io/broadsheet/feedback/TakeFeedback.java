package io.broadsheet.feedback;

/**
 * Takes what came back, whichever door it came through. Safe to repeat: the same mail or report counts once, also after a crash in between. Safe for
 * several threads. The mail itself is a stranger's: it is read with bounds on size, depth and number of parts, never answered, and without a token of
 * ours in it nothing follows from it.
 */
public final class TakeFeedback {
    /**
     * One raw mail.
     *
     * <p>When the database can't take it this throws, nothing is done, and the door gives the same mail again later.
     */
    public Outcome take(MailBack mail) {
        throw new UnsupportedOperationException(mail.via());
    }

    /** One report that its door has authenticated. Throws as {@link #take(MailBack)} does. */
    public Outcome take(Report report) {
        throw new UnsupportedOperationException(report.via());
    }
}
