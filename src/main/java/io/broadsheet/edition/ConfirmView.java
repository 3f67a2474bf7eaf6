package io.broadsheet.edition;

import java.time.Instant;

/**
 * All that {@code templates/mail/confirm} sees.
 *
 * @param reader who asked to be subscribed
 * @param confirmUrl a page with a button that confirms; carries the token
 * @param expires until when that link works
 */
public record ConfirmView(
        SiteView site, NewsletterView newsletter, ReaderView reader, String confirmUrl, Instant expires) {}
