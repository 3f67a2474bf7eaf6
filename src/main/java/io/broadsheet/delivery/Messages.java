package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;

/** Writes the message of a claim: an edition's, or a single mail's. Safe for several threads. */
interface Messages {
    /** @throws RuntimeException when a template fails; the delivery is then deferred with that reason */
    OutgoingMessage write(Claim claim);
}
