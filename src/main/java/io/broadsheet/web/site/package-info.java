/**
 * The public pages: home, article, subscribe, confirm, unsubscribe. One record per template lists all that the template sees.
 */
@NullMarked
package io.broadsheet.web.site;

import org.jspecify.annotations.NullMarked;
