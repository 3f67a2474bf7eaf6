package io.broadsheet.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of one mail, as the journal writes it. It happens only if the mail is in the state it comes from, and in this process's hand,
 * and in the same try: what is written anew because nobody knew whether it was committed must not meet a later try of the same mail.
 *
 * @param before how often the mail had been tried when this process took it in hand
 * @param reply what is kept with it; absent leaves what is there
 * @param sender through which it goes out, with {@code sending}; absent otherwise
 * @param next when a deferred one is queued again; absent otherwise
 */
record Change(
        Ref ref,
        int before,
        DeliveryState from,
        DeliveryState to,
        @Nullable String reply,
        @Nullable String sender,
        @Nullable Instant next) {
    Change {
        if (!from.mayBecome(to) && !throughUnknown(from, to)) {
            throw new IllegalArgumentException(from + " never becomes " + to);
        }
        if ((next != null) != (to == DeliveryState.DEFERRED)) {
            throw new IllegalArgumentException("a deferred mail has its instant, and no other");
        }
    }

    /** The final dot is next. Written only if the mail is still wanted. */
    static Change sending(Ref ref, int before, String sender) {
        return new Change(ref, before, DeliveryState.CLAIMED, DeliveryState.SENDING, null, sender, null);
    }

    static Change of(Ref ref, int before, DeliveryState from, DeliveryState to, @Nullable String reply) {
        return new Change(ref, before, from, to, reply, null, null);
    }

    static Change deferred(Ref ref, int before, DeliveryState from, String reply, Instant next) {
        return new Change(ref, before, from, DeliveryState.DEFERRED, reply, null, next);
    }

    /** The count of tries that the mail's row holds before this step. */
    int attempts() {
        return from == DeliveryState.SENDING ? before + 1 : before;
    }

    boolean isSending() {
        return to == DeliveryState.SENDING;
    }

    /** Unknown and what the policy makes of it are written as one step, so that no kill can come between them. */
    private static boolean throughUnknown(DeliveryState from, DeliveryState to) {
        return from.mayBecome(DeliveryState.UNKNOWN) && DeliveryState.UNKNOWN.mayBecome(to);
    }
}
