/**
 * Builds the exact bytes of a message: mailboxes, header fields, and a body that was encoded once with the personal values spliced in for each
 * reader; and takes mails of others apart ({@link io.broadsheet.mail.Part}). It knows no newsletter and sends nothing. Open {@link io.broadsheet.mail.Letter} first, then {@link io.broadsheet.mail.EncodedBody}.
 */
@NullMarked
package io.broadsheet.mail;

import org.jspecify.annotations.NullMarked;
