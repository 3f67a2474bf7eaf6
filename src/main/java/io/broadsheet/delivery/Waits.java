package io.broadsheet.delivery;

import java.time.Duration;

/**
 * How long the other side may take, in the proportions of RFC 5321 §4.5.3.2: 5 minutes for the greeting, MAIL and RCPT, 2 for the reply to DATA, 10
 * for that to the final dot.
 *
 * @param connect until a connection stands
 * @param reply for one reply
 */
record Waits(Duration connect, Duration reply) {
    Duration data() {
        return reply.multipliedBy(2).dividedBy(5);
    }

    /** Twice the usual: giving up too soon means a repeat. */
    Duration dot() {
        return reply.multipliedBy(2);
    }
}
