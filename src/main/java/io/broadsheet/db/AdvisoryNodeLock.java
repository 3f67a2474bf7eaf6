package io.broadsheet.db;

import io.broadsheet.error.OutsideError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A session advisory lock of PostgreSQL: it goes when the session does, also across machines. */
final class AdvisoryNodeLock implements NodeLock {
    private final Database database;
    private @Nullable Connection session;

    AdvisoryNodeLock(Database database) {
        this.database = database;
    }

    @Override
    public void hold(long node) {
        Connection connection = database.journalConnection();
        try {
            connection.setAutoCommit(true);
            if (!answer(connection, "select pg_try_advisory_lock(?)", node)) {
                throw new OutsideError("database: another process holds the lock of node " + node, true, null);
            }
            session = connection;
        } catch (SQLException e) {
            throw new OutsideError("database: no advisory lock can be had; see that the server allows them", true, e);
        }
    }

    @Override
    public boolean isHeld(long node) {
        return database.read(tx -> {
            // Within a transaction the lock is dropped at its end, so that asking leaves nothing behind.
            boolean free = tx.query("select pg_try_advisory_xact_lock(:node)")
                    .bind("node", node)
                    .mapTo(Boolean.class)
                    .one();
            return !free;
        });
    }

    @Override
    public void forget(long node) {
        // The lock went with its session; nothing is left.
    }

    @Override
    public void close() {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (SQLException e) {
            throw new OutsideError("database: the session of this node can't be closed", true, e);
        }
        session = null;
    }

    private static boolean answer(Connection connection, String sql, long node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, node);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
