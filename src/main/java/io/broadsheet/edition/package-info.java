/**
 * What goes into this issue, for whom? {@link io.broadsheet.edition.DueEditions} says when a slot is due, {@link io.broadsheet.edition.ComposeEdition}
 * writes down who gets which articles, {@code Plan} reckons it for composing and preview alike, and {@link io.broadsheet.edition.Letters} writes the
 * messages. Promised: one edition a slot, an article once to a reader, and a killed composing starts over. Open {@code ComposeEdition} first.
 */
@NullMarked
package io.broadsheet.edition;

import org.jspecify.annotations.NullMarked;
