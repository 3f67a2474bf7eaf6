/**
 * The Velocity sandbox: templates of mails and pages, written by an admin, see record components and a few tools and nothing else. It promises that
 * every value is escaped in HTML, that an unknown name is an error with file and line, and that no class, file or endless loop can be reached. Open
 * {@link io.broadsheet.template.Templates} first, then {@code Allowed} for what a template may touch.
 */
@NullMarked
package io.broadsheet.template;

import org.jspecify.annotations.NullMarked;
