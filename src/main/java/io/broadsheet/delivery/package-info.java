/**
 * Has each reader got it, exactly once? A {@link io.broadsheet.delivery.Dispatch} claims what is queued and sends it over kept SMTP connections; each
 * step is durable before the next can happen, so that a kill at any instant loses nothing and repeats at most one message a connection. Whether the
 * reader still wants the mail is asked in the very record that precedes its final dot. Open {@code Worker} first, then {@code Journal};
 * {@code SendEdition} is what an admin does by hand.
 */
@NullMarked
package io.broadsheet.delivery;

import org.jspecify.annotations.NullMarked;
