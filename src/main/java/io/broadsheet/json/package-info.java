/**
 * One JSON dialect for what we print, store and serve: kebab-case names, RFC 3339 instants in UTC, absent values as null.
 */
@NullMarked
package io.broadsheet.json;

import org.jspecify.annotations.NullMarked;
