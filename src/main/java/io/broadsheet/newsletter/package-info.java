/**
 * When is an edition due? Newsletters, cadences and the calendar arithmetic of slots.
 */
@NullMarked
package io.broadsheet.newsletter;

import org.jspecify.annotations.NullMarked;
