/**
 * Who wants what, and may we mail them? People come in by double opt-in, by an admin's word or by a file, and leave by a signed link that works for
 * ever. What they agreed to is kept; an address that must not be mailed beats everything; who left is not brought back by a file. Open
 * {@link io.broadsheet.subscriber.Subscribe} first, then {@link io.broadsheet.subscriber.ImportSubscribers}.
 */
@NullMarked
package io.broadsheet.subscriber;

import org.jspecify.annotations.NullMarked;
