/**
 * Who wants what, and may we mail them? Subscribers, subscriptions, consent, suppressions.
 */
@NullMarked
package io.broadsheet.subscriber;

import org.jspecify.annotations.NullMarked;
