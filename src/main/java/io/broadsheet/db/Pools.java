package io.broadsheet.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Builds the pools, with the settings that were measured to neither lose commits nor meet SQLITE_BUSY. */
final class Pools {
    /** Another process may hold the write lock for up to 250 ms by our own rule; a backup or a person's shell for longer. */
    private static final int BUSY_TIMEOUT_MS = 30_000;

    private static final int CONNECTION_TIMEOUT_MS = 35_000;
    /** Without a limit the WAL file keeps the size of the largest transaction ever. */
    private static final int WAL_BYTES_MAX = 64 * 1024 * 1024;

    private static final int SQLITE_READERS = 8;
    private static final int POSTGRES_CONNECTIONS = 16;

    private Pools() {}

    static HikariDataSource sqliteWriter(DatabaseAddress address) {
        return sqlite(address, "broadsheet-writer", 1, writerConfig());
    }

    static HikariDataSource sqliteReaders(DatabaseAddress address) {
        SQLiteConfig config = base();
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return sqlite(address, "broadsheet-reader", SQLITE_READERS, config);
    }

    private static SQLiteConfig base() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: a commit survives a power cut; with NORMAL those since the last checkpoint would be gone, and mail sent
        // twice.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(WAL_BYTES_MAX);
        return config;
    }

    private static SQLiteConfig writerConfig() {
        SQLiteConfig config = base();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config;
    }

    private static HikariDataSource sqlite(DatabaseAddress address, String name, int size, SQLiteConfig sqlite) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(sqliteDataSource(address, sqlite));
        if (size > 1) {
            // A write by a reader would wait for, and could deadlock with, this process's own writer.
            config.setConnectionInitSql("pragma query_only = true");
        }
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setMaxLifetime(0);
        return started(config, address);
    }

    private static SQLiteDataSource sqliteDataSource(DatabaseAddress address, SQLiteConfig sqlite) {
        try {
            Files.createDirectories(address.sqliteFile().getParent());
        } catch (IOException e) {
            throw new OutsideError(
                    "database: " + address.sqliteFile().getParent() + " can't be made: " + Safe.text(e.getMessage()),
                    false,
                    e);
        }
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + address.sqliteFile());
        return source;
    }

    static HikariDataSource postgres(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        setIfPresent(address.user(), config::setUsername);
        setIfPresent(address.password(), config::setPassword);
        config.setPoolName("broadsheet");
        config.setMaximumPoolSize(POSTGRES_CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(10_000);
        postgresProperties().forEach((key, value) -> config.addDataSourceProperty((String) key, value));
        return started(config, address);
    }

    /** Error details carry bound values, addresses among them: they stay out of exceptions, and so out of logs. */
    private static Properties postgresProperties() {
        Properties properties = new Properties();
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "broadsheet");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static void setIfPresent(@Nullable String value, java.util.function.Consumer<String> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static HikariDataSource started(HikariConfig config, DatabaseAddress address) {
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw unreachable(address, e);
        }
    }

    static Connection single(DatabaseAddress address) {
        try {
            Connection connection;
            if (address.isSqlite()) {
                connection = sqliteDataSource(address, writerConfig()).getConnection();
            } else {
                Properties properties = postgresProperties();
                setIfPresent(address.user(), user -> properties.setProperty("user", user));
                setIfPresent(address.password(), password -> properties.setProperty("password", password));
                connection = DriverManager.getConnection(address.url(), properties);
            }
            return connection;
        } catch (SQLException e) {
            throw unreachable(address, e);
        }
    }

    /** A PostgreSQL connection on which nothing waits longer than a moment: what keeps a lease must know in time that it can't. */
    static Connection impatient(DatabaseAddress address, Duration patience) {
        Properties properties = postgresProperties();
        setIfPresent(address.user(), user -> properties.setProperty("user", user));
        setIfPresent(address.password(), password -> properties.setProperty("password", password));
        String seconds = Long.toString(Math.max(1, patience.toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        try {
            return DriverManager.getConnection(address.url(), properties);
        } catch (SQLException e) {
            throw unreachable(address, e);
        }
    }

    static Handle opened(Jdbi jdbi, DatabaseAddress address) {
        try {
            return jdbi.open();
        } catch (ConnectionException e) {
            throw unreachable(address, e);
        }
    }

    private static OutsideError unreachable(DatabaseAddress address, Exception e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new OutsideError(
                "database: " + address + " can't be opened: " + Safe.text(root.getMessage())
                        + "; see that it runs, and 'database' in config/broadsheet.yml",
                true,
                e);
    }

    static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        // The default text of a failed statement prints every bound value.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }
}
