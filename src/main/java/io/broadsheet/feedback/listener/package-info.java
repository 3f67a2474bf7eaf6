/**
 * A mail server of our own, small and strict, for what comes back: LMTP behind another mail server, or SMTP as a domain's MX. It relays nothing, takes
 * mail for our own domains only, ends a conversation that isn't in clean lines (so that no second mail can be smuggled in), and says 250 only after the
 * commit. Open {@link io.broadsheet.feedback.listener.MailServer} first, then {@code Conversation}.
 */
@NullMarked
package io.broadsheet.feedback.listener;

import org.jspecify.annotations.NullMarked;
