/**
 * Has each reader got it, exactly once? The queue, the journal, SMTP sessions, retries.
 */
@NullMarked
package io.broadsheet.delivery;

import org.jspecify.annotations.NullMarked;
