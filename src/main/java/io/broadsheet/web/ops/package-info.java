/** Is it well? Health and figures for those who run an installation. */
@NullMarked
package io.broadsheet.web.ops;

import org.jspecify.annotations.NullMarked;
