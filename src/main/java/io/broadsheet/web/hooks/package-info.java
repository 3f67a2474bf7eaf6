/** Where mail providers post their reports. The proof and the meaning are {@link io.broadsheet.feedback.webhook.TakeWebhook}'s. */
@NullMarked
package io.broadsheet.web.hooks;

import org.jspecify.annotations.NullMarked;
