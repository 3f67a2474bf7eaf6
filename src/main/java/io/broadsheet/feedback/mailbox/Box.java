package io.broadsheet.feedback.mailbox;

import jakarta.mail.MessagingException;
import java.io.IOException;

/** An open mailbox. Used by one thread. */
interface Box extends AutoCloseable {
    /** What {@link #await} learned. */
    enum News {
        /** Something came. */
        CAME,
        /** This server doesn't tell; look again after a while, on a new connection. */
        NOT_TOLD,
        /** Nothing came for long; look again on a new connection, since this one may be dead. */
        QUIET
    }

    /** Hands over all that lies there, and deletes, moves or marks what was taken. */
    void read(Taking taking) throws MessagingException, IOException;

    /** Waits until the server tells of news. */
    News await() throws MessagingException;

    @Override
    void close() throws MessagingException;
}
