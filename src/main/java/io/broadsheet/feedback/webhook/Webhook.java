package io.broadsheet.feedback.webhook;

import io.broadsheet.feedback.Report;
import java.util.List;

/** How one provider proves itself, and what its events mean. Safe for several threads. */
interface Webhook {
    /**
     * Whether this provider, and nobody else, posted this, and not long ago.
     *
     * @throws io.broadsheet.error.UserError when the body isn't of the shape in which the proof would be found
     * @throws io.broadsheet.error.OutsideError when what is needed to tell can't be had right now
     */
    boolean isAuthentic(Posted posted);

    /**
     * What it reports; empty for events that say nothing about an address, such as deliveries and clicks. Called for an authentic request only.
     *
     * @throws io.broadsheet.error.UserError when the body isn't of this provider's shape
     */
    List<Report> read(Posted posted);

    /** All of it is committed. */
    default void taken(Posted posted) {}
}
