/**
 * HTML as it may leave us: sanitised against an allow-list, or as readable plain text. Open {@link io.broadsheet.html.Sanitizer} first.
 */
@NullMarked
package io.broadsheet.html;

import org.jspecify.annotations.NullMarked;
