package io.broadsheet.db;

import com.zaxxer.hikari.HikariDataSource;
import io.broadsheet.error.OutsideError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one database of an installation. On SQLite a single writer connection, which begins {@code immediate}, serves the application and Quartz
 * alike, and readers have a pool of their own; on PostgreSQL one pool serves all. Safe for several threads.
 *
 * <p>Code inside {@link #write} must not ask for another connection: on SQLite it would wait for the one it holds.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final DatabaseAddress address;
    private final Dialect dialect;
    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    /** Writers of this process queue here in order, since SQLite's own waiting is by sleeping, in no order. PostgreSQL needs none. */
    private final ReentrantLock writerTurn = new ReentrantLock(true);

    private Database(DatabaseAddress address, Dialect dialect, HikariDataSource writers, HikariDataSource readers) {
        this.address = address;
        this.dialect = dialect;
        this.writers = writers;
        this.readers = readers;
        this.writing = Pools.jdbi(writers);
        this.reading = Pools.jdbi(readers);
    }

    /**
     * Opens the pools; the schema is not looked at.
     *
     * @throws io.broadsheet.error.OutsideError when the database can't be reached or opened
     */
    public static Database open(DatabaseAddress address) {
        if (address.isSqlite()) {
            HikariDataSource writers = Pools.sqliteWriter(address);
            return new Database(address, new SqliteDialect(), writers, Pools.sqliteReaders(address));
        }
        HikariDataSource pool = Pools.postgres(address);
        return new Database(address, new PostgresDialect(), pool, pool);
    }

    /** Runs the work in one transaction that may write. It commits when the work returns and rolls back when it throws. */
    public <T> T write(Function<Tx, T> work) {
        if (writerTurn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write within a write");
        }
        if (!address.isSqlite()) {
            return writing.inTransaction(handle -> work.apply(new Tx(handle, dialect)));
        }
        writerTurn.lock();
        try (Handle handle = Pools.opened(writing, address)) {
            return handle.inTransaction(inside -> work.apply(new Tx(inside, dialect)));
        } finally {
            writerTurn.unlock();
        }
    }

    /** {@link #write} for work that answers nothing. */
    public void writing(Consumer<Tx> work) {
        Boolean done = write(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
        assert done;
    }

    /** Runs the work in one transaction that only reads, all of it as of one instant. */
    public <T> T read(Function<Tx, T> work) {
        try (Handle handle = Pools.opened(reading, address)) {
            return handle.inTransaction(inside -> work.apply(new Tx(inside, dialect)));
        }
    }

    /** Whether the database answers the least that can be asked, for those who watch over us. */
    public boolean answers() {
        try {
            return read(tx -> tx.query("select 1").mapTo(Integer.class).one()) == 1;
        } catch (JdbiException | OutsideError e) {
            log.atWarn().addKeyValue("database", address).setCause(e).log("database did not answer");
            return false;
        }
    }

    /** The pool that Quartz shares with us. */
    public DataSource dataSource() {
        return writers;
    }

    /**
     * A connection of the journal's own, outside the pools, with autocommit on. The caller closes it. Whoever turns autocommit off does so
     * within {@link #inTurn} and turns it on again there: on SQLite that is what begins the transaction, and a commit alone begins the next at once.
     *
     * @throws io.broadsheet.error.OutsideError when the database can't be reached
     */
    public Connection journalConnection() {
        return Pools.single(address);
    }

    /** Runs a write on a connection outside the pools when it is this process's turn to write. */
    public <T> T inTurn(SqlWork<T> work) throws SQLException {
        if (!address.isSqlite()) {
            return work.run();
        }
        writerTurn.lock();
        try {
            return work.run();
        } finally {
            writerTurn.unlock();
        }
    }

    /** Work on a connection that {@link #journalConnection} gave. */
    public interface SqlWork<T> {
        T run() throws SQLException;
    }

    public Dialect dialect() {
        return dialect;
    }

    public DatabaseAddress address() {
        return address;
    }

    boolean isClosed() {
        return writers.isClosed();
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
