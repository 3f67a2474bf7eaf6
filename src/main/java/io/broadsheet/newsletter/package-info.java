/**
 * When is an edition due? Newsletters and cadences as config defines them and the database keeps them, and the calendar arithmetic of slots, clock
 * changes included. Open {@link io.broadsheet.newsletter.Slots} first.
 */
@NullMarked
package io.broadsheet.newsletter;

import org.jspecify.annotations.NullMarked;
