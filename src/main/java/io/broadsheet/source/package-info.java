/**
 * What does this place show now? Source definitions, fetching, and turning a feed or a folder into {@link io.broadsheet.source.Entry} values.
 */
@NullMarked
package io.broadsheet.source;

import org.jspecify.annotations.NullMarked;
