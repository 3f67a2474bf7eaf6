package io.broadsheet.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** SQLite: one writer at a time, so claims need no lock of their own. */
final class SqliteDialect implements Dialect {
    @Override
    public String claimLock() {
        return "";
    }

    @Override
    public void takeTurn(Tx tx, long turn) {
        // A writing transaction begins immediate: it is the only one already.
    }

    @Override
    public void analyze(Tx tx, String table) {
        // Its planner needs no statistics for our queries: they all name an index's columns.
    }

    @Override
    public int[] batch(Connection connection, String sql, List<Object[]> rows) throws SQLException {
        return Batches.run(connection, sql, rows);
    }

    @Override
    public String word() {
        return "sqlite";
    }
}
