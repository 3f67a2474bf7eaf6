/**
 * What mail providers post about our mail: who posts is proved first, as that provider documents it, then each event becomes a
 * {@link io.broadsheet.feedback.Report}. Nothing is done for a request without proof, and the provider hears of success only when all of its events are
 * committed. Open {@link io.broadsheet.feedback.webhook.TakeWebhook} first; one class per provider lies beside it, one folder of samples per provider
 * in the tests.
 */
@NullMarked
package io.broadsheet.feedback.webhook;

import org.jspecify.annotations.NullMarked;
