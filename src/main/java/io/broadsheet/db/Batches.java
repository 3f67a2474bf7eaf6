package io.broadsheet.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JDBC batches on one connection that its owner keeps, prepared once: to prepare an update costs SQLite as much as to run it. Used by one thread; ends
 * with its connection, and after an error the connection must be given up.
 */
public final class Batches {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Batches(Connection connection) {
        this.connection = connection;
    }

    /** Runs one statement for many rows of one shape, in one round trip where the database can; answers how many rows each changed. */
    public int[] run(String sql, List<Object[]> rows) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (Object[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                statement.setObject(column + 1, row[column]);
            }
            statement.addBatch();
        }
        return statement.executeBatch();
    }
}
