package io.broadsheet.delivery;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where one delivery stands, and the only ways from one state to the next. */
public enum DeliveryState {
    /** Waits for a sender. */
    QUEUED,
    /** A process has taken it in hand; nothing has gone out. */
    CLAIMED,
    /** Its final dot may have gone out; written durably before that. */
    SENDING,
    /** The mail server answered 250 to its final dot. */
    ACCEPTED,
    /** A 4xx reply: tried again later. */
    DEFERRED,
    /** A 5xx reply, or given up: not tried again. */
    REFUSED,
    /** The reader had unsubscribed, or the address was suppressed, before it went out. */
    SUPPRESSED,
    /** The process or the connection died between the final dot and the reply. The newsletter's policy says at once what follows. */
    UNKNOWN,
    /** Unknown, and waiting for an admin. */
    HELD,
    /** Its edition was cancelled before it went out. */
    CANCELLED;

    private static final Map<DeliveryState, Set<DeliveryState>> NEXT = Map.of(
            QUEUED, EnumSet.of(CLAIMED, CANCELLED),
            // Deferred without an attempt, and at last refused: its message could not be written.
            CLAIMED, EnumSet.of(SENDING, QUEUED, SUPPRESSED, CANCELLED, DEFERRED, REFUSED),
            // Queued: the connection was lost before the dot.
            SENDING, EnumSet.of(ACCEPTED, DEFERRED, REFUSED, UNKNOWN, QUEUED),
            UNKNOWN, EnumSet.of(QUEUED, DEFERRED, REFUSED, HELD),
            DEFERRED, EnumSet.of(QUEUED, CANCELLED),
            // An admin decided: it is sent again, they had it, or it is dropped.
            HELD, EnumSet.of(QUEUED, ACCEPTED, CANCELLED),
            ACCEPTED, EnumSet.noneOf(DeliveryState.class),
            REFUSED, EnumSet.noneOf(DeliveryState.class),
            SUPPRESSED, EnumSet.noneOf(DeliveryState.class),
            CANCELLED, EnumSet.noneOf(DeliveryState.class));

    /** Whether a delivery in this state may come into that one. */
    public boolean mayBecome(DeliveryState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether nothing follows by itself: an edition whose deliveries are all so is done. */
    public boolean isSettled() {
        return switch (this) {
            case QUEUED, CLAIMED, SENDING, DEFERRED, UNKNOWN -> false;
            case ACCEPTED, REFUSED, SUPPRESSED, HELD, CANCELLED -> true;
        };
    }

    /** As the database, JSON and messages write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when no state is written so */
    public static DeliveryState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
