/** Where hubs ask whether we meant it, and push what is new (WebSub). The proofs are {@link io.broadsheet.source.AnswerHub}'s. */
@NullMarked
package io.broadsheet.web.websub;

import org.jspecify.annotations.NullMarked;
