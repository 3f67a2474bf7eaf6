/** What programs ask of us, in JSON, with a token. Open {@link io.broadsheet.web.api.ArticleRoutes} first; docs/api.md is its reader's side. */
@NullMarked
package io.broadsheet.web.api;

import org.jspecify.annotations.NullMarked;
