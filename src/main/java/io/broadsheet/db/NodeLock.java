package io.broadsheet.db;

/** What lives exactly as long as the process that holds it, and tells others so. Safe for several threads. */
interface NodeLock extends AutoCloseable {
    /** Takes it, before the node's row is there. */
    void hold(long node);

    /** Keeps it from now on, in the transaction that made the node's row. */
    void keep(Tx tx, long node);

    /** Whether another process holds it. */
    boolean isHeld(long node);

    /**
     * Removes a dead node's row, and what its lock left behind.
     *
     * @return whether it was dead still, and this process removed it
     */
    boolean forget(Tx tx, long node);

    /** How long it is certain that nobody takes us for dead. */
    Standing standing();

    /** What a node may do. */
    enum Standing {
        /** All. */
        SURE,
        /** It was not renewed when it should have been: nothing new is begun. */
        UNSURE,
        /** Others may soon take us for dead: nothing goes out any more, and connections are broken off. */
        ADRIFT,
        /** Others took us for dead, and took over what we had. */
        FORGOTTEN
    }

    /** Called, by a thread of the lock's, once each time it comes to {@link Standing#ADRIFT}. */
    void whenAdrift(Runnable abandon);

    @Override
    void close();
}
