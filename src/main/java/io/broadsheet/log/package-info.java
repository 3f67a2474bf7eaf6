/**
 * What goes into the log: safe strings, without line breaks, secrets or whole addresses.
 */
@NullMarked
package io.broadsheet.log;

import org.jspecify.annotations.NullMarked;
