/**
 * What do feed readers see? Feed definitions, the RSS, Atom and JSON writers, and the operation that publishes files.
 */
@NullMarked
package io.broadsheet.feed;

import org.jspecify.annotations.NullMarked;
