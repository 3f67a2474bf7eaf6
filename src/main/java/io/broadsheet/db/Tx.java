package io.broadsheet.db;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * An open transaction, which operations pass to stores. Operations never see JDBI; stores see its statements. Used by one thread, within the
 * {@link Database#write} or {@link Database#read} that opened it.
 */
public final class Tx {
    private final Handle handle;
    private final Dialect dialect;

    Tx(Handle handle, Dialect dialect) {
        this.handle = handle;
        this.dialect = dialect;
    }

    /** A select with named parameters. */
    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** An insert, update or delete with named parameters. */
    public Update update(String sql) {
        return handle.createUpdate(sql);
    }

    /** One statement for many rows. */
    public PreparedBatch batch(String sql) {
        return handle.prepareBatch(sql);
    }

    public Dialect dialect() {
        return dialect;
    }

    Handle handle() {
        return handle;
    }
}
