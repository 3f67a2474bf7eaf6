package io.broadsheet.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Lets Quartz draw on our pool. On SQLite a pool of its own would be a second writer. */
final class SharedPool implements ConnectionProvider {
    private final DataSource pool;

    SharedPool(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void initialize() {
        // The pool is open already.
    }

    @Override
    public void shutdown() {
        // The pool is not Quartz's to close.
    }
}
