/**
 * The two errors that are ours. Everything expected is a value; what is asked wrongly is a {@link io.broadsheet.error.UserError}; what the\n * world does to us is an {@link io.broadsheet.error.OutsideError}; any other exception is a bug.
 */
@NullMarked
package io.broadsheet.error;

import org.jspecify.annotations.NullMarked;
