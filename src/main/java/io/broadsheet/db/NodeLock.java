package io.broadsheet.db;

/** A lock that lives exactly as long as the process that holds it. */
interface NodeLock extends AutoCloseable {
    void hold(long node);

    /** Whether another process holds it. */
    boolean isHeld(long node);

    /** Removes what a dead process's lock left behind. */
    void forget(long node);

    @Override
    void close();
}
