/**
 * Which story is this, and is it news? Articles, sightings, revisions, identity, selections, and the operation that collects.
 */
@NullMarked
package io.broadsheet.article;

import org.jspecify.annotations.NullMarked;
