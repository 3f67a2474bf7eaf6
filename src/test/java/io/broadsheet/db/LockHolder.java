package io.broadsheet.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that holds an SQLite file for writing from the line it prints to the line it reads. */
final class LockHolder {
    private LockHolder() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            System.out.println("held");
            int line = System.in.read();
            statement.execute(line < 0 ? "rollback" : "commit");
        }
    }
}
