package io.broadsheet.delivery;

import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.SubscriberId;

/** Which mail: one edition to one subscriber, or a single one of the outbox. */
sealed interface Ref {
    /** A delivery. */
    record OfEdition(EditionId edition, SubscriberId subscriber) implements Ref {
        @Override
        public String toString() {
            return "edition " + edition + " to subscriber " + subscriber;
        }
    }

    /** A mail of the outbox. */
    record OfOutbox(long id) implements Ref {
        @Override
        public String toString() {
            return "outbox mail " + id;
        }
    }
}
