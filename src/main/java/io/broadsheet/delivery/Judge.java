package io.broadsheet.delivery;

import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Says what follows each way that sending one message can end. Safe for several threads, because it holds no state. */
final class Judge {
    /** A connection that breaks on the same message again and again is likely broken by it: from then on that message waits. */
    private static final int LOST_AT_ONCE_MAX = 3;

    private final Clock clock;
    private final List<Duration> waits;

    /** @param waits before the second, third … attempt; the last serves from then on */
    Judge(Clock clock, List<Duration> waits) {
        this.clock = clock;
        this.waits = List.copyOf(waits);
    }

    /** A reply: 250 to the dot is accepted, 4xx tried later, 5xx refused; but to MAIL, which is about us, tried later too. */
    Change replied(Claim claim, Reply reply) {
        if (reply.isAccepted()) {
            return Change.of(
                    claim.ref(), claim.attempts(), DeliveryState.SENDING, DeliveryState.ACCEPTED, reply.line());
        }
        // Who refuses our sender says nothing about the reader, and an admin can mend it: it is not the end for any of
        // them. But a message that is too large for it (RFC 3463 §3.4) will be so tomorrow.
        boolean ours = reply.phase() == Reply.Phase.MAIL && !"5.3.4".equals(reply.enhanced());
        if (reply.isTransient() || ours) {
            return later(claim, reply);
        }
        return Change.of(claim.ref(), claim.attempts(), DeliveryState.SENDING, DeliveryState.REFUSED, reply.line());
    }

    /** Tried again when its wait is over, whatever the reply says, or given up in time. */
    Change later(Claim claim, Reply reply) {
        return laterOrNever(claim, DeliveryState.SENDING, reply.line());
    }

    /** What was refused without asking anybody: never, or not now. */
    Change nowhere(Claim claim, Reply reply) {
        return reply.isTransient()
                ? notTried(claim, reply.line())
                : Change.of(claim.ref(), claim.attempts(), DeliveryState.CLAIMED, DeliveryState.REFUSED, reply.line());
    }

    /** The connection went before the dot: nothing was delivered, and it goes back to the queue. */
    Change lostBeforeDot(Claim claim, String why) {
        if (claim.attempts() + 1 >= LOST_AT_ONCE_MAX) {
            return laterOrNever(claim, DeliveryState.SENDING, why);
        }
        return Change.of(claim.ref(), claim.attempts(), DeliveryState.SENDING, DeliveryState.QUEUED, why);
    }

    /** The connection went after the dot and before the reply: nobody can know. */
    Change unknown(Claim claim, String why) {
        String reply = "unknown: " + why;
        if (claim.terms().unknown() == Unknown.HOLD) {
            return Change.of(claim.ref(), claim.attempts(), DeliveryState.SENDING, DeliveryState.HELD, reply);
        }
        // A server that takes a message and breaks off each time would get it for ever: only the first repeat is at
        // once.
        if (claim.attempts() > 0) {
            return laterOrNever(claim, DeliveryState.SENDING, reply);
        }
        return Change.of(claim.ref(), claim.attempts(), DeliveryState.SENDING, DeliveryState.QUEUED, reply);
    }

    /** It never came to an attempt, for a reason that may pass: tried later, and given up in time, or its edition would never end. */
    Change notTried(Claim claim, String why) {
        return laterOrNever(claim, DeliveryState.CLAIMED, why);
    }

    private Change laterOrNever(Claim claim, DeliveryState from, String reply) {
        Instant now = clock.instant();
        Instant next = now.plus(wait(claim.attempts() + 1));
        if (next.isAfter(claim.terms().since().plus(claim.terms().giveUp()))) {
            String gaveUp =
                    "gave up after " + words(Duration.between(claim.terms().since(), now)) + ": " + reply;
            return Change.of(claim.ref(), claim.attempts(), from, DeliveryState.REFUSED, gaveUp);
        }
        return Change.deferred(claim.ref(), claim.attempts(), from, reply, next);
    }

    private Duration wait(int attempts) {
        return waits.get(Math.min(attempts, waits.size()) - 1);
    }

    /** {@code 3d}, {@code 5h}, {@code 12m} or {@code 7s}: the largest unit that is not zero. */
    static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : Math.max(0, duration.toSeconds()) + "s";
    }
}
