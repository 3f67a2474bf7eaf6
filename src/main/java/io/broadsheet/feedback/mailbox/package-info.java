/**
 * Reads a mailbox on another server for what comes back: IMAP, told at once by IDLE where the server can, or POP3. A mail is deleted, moved or marked
 * only after it is committed, so that a kill in between has it read twice and counted once. Open {@link io.broadsheet.feedback.mailbox.ReadMailbox}
 * first.
 */
@NullMarked
package io.broadsheet.feedback.mailbox;

import org.jspecify.annotations.NullMarked;
