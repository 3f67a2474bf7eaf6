/**
 * What goes into this issue, for whom? Composing, variants, rendering, preview.
 */
@NullMarked
package io.broadsheet.edition;

import org.jspecify.annotations.NullMarked;
