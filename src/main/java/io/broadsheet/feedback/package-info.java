/**
 * What came back, and what follows: bounces, complaints and unsubscribes by mail, from providers' reports, and the refusals that mail servers gave us
 * at once. Each is read, matched to its reader by a token that only we could have made, kept in the history of the address, and judged by one policy.
 * Whoever forges a bounce reaches nobody. What can't be read is kept for an admin, never lost. Open {@link io.broadsheet.feedback.TakeFeedback} first,
 * then {@code Policy}.
 */
@NullMarked
package io.broadsheet.feedback;

import org.jspecify.annotations.NullMarked;
