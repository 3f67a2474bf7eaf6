/**
 * Clock and waiting. All code takes the time from an injected {@link java.time.Clock}; this room holds what measures elapsed time and the one\n * place that waits.
 */
@NullMarked
package io.broadsheet.time;

import org.jspecify.annotations.NullMarked;
