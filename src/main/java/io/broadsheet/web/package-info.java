/**
 * The HTTP server that the pages, feeds and figures share: limits, safe headers, errors that say the mend, an orderly end. Javalin and Jetty stay
 * in here and in the rooms below. Open {@link io.broadsheet.web.WebServer} first.
 */
@NullMarked
package io.broadsheet.web;

import org.jspecify.annotations.NullMarked;
