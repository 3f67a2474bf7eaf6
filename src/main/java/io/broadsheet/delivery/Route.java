package io.broadsheet.delivery;

/** Where a message goes next. */
sealed interface Route {
    /**
     * Over a connection.
     *
     * @param key tells destinations apart: a connection to one serves all messages with the same key
     * @param messagesMax how many messages one connection carries before it is closed
     */
    record Via(String key, Connector connector, int messagesMax) implements Route {}

    /**
     * Nowhere, which is known without asking anybody.
     *
     * @param reply as a mail server would have worded it: 5xx never, 4xx not now
     */
    record Nowhere(Reply reply) implements Route {}

    /** Opens a connection to one destination. */
    interface Connector {
        /** @throws io.broadsheet.error.OutsideError when the destination can't be reached, or does not let us in */
        SmtpConnection connect();
    }
}
