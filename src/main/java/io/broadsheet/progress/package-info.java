/** How a long operation tells what it has done so far: the terminal, a page and the log each draw it in their own way. */
@NullMarked
package io.broadsheet.progress;

import org.jspecify.annotations.NullMarked;
