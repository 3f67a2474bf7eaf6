/**
 * Files that are never seen half written, and outlive a power cut once they are said to be there. Open {@link io.broadsheet.file.WholeFile} first.
 */
@NullMarked
package io.broadsheet.file;

import org.jspecify.annotations.NullMarked;
