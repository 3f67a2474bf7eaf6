package io.broadsheet.delivery;

/** How sending one message over one connection ended. */
sealed interface Ending {
    /** The server answered for it. */
    record Answered(Reply reply) implements Ending {}

    /**
     * The connection is gone.
     *
     * @param afterDot whether the final dot may have reached the server: then nobody can know what became of the message
     */
    record Lost(String why, boolean afterDot) implements Ending {}

    /** The record did not allow the dot: the message did not go out. */
    record Withheld() implements Ending {}
}
