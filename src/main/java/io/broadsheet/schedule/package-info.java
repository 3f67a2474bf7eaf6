/**
 * The door that time comes in by: Quartz, with its store in our database, wakes operations that do what is due. Nothing is taken from Quartz but
 * the waking: which slot is due is the newsletter's own arithmetic, so that a trigger which fires late, twice or on two nodes changes nothing. Open
 * {@link io.broadsheet.schedule.Schedule} first.
 */
@NullMarked
package io.broadsheet.schedule;

import org.jspecify.annotations.NullMarked;
