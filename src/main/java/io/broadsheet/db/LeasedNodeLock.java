package io.broadsheet.db;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease on PostgreSQL, by the database's clock, which this process renews on a session of its own; the session also holds an advisory lock, which
 * goes when the process does. A node is dead when its lease is over; or at once, when its lock is free and its process is seen to be gone.
 *
 * <p>The times follow from one another: who can't renew breaks its connections off well before others may take its lease for
 * over ({@link Times}). Our side counts from before the renewal was asked for, on a clock that never steps.
 */
final class LeasedNodeLock implements NodeLock {
    private static final Logger log = LoggerFactory.getLogger(LeasedNodeLock.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration GUARD_EVERY = Duration.ofMillis(250);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * Each shorter than the next.
     *
     * @param renewEvery how often the lease is renewed
     * @param unsure how old the last renewal may be until nothing new is begun
     * @param adrift … and until connections are broken off
     * @param lease … and until others may take over
     */
    record Times(Duration renewEvery, Duration unsure, Duration adrift, Duration lease) {
        static final Times USUAL =
                new Times(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    private final Times times;

    private final Database database;
    private final List<Runnable> whenAdrift = new CopyOnWriteArrayList<>();
    private final Pause closing = new Pause();
    private final Thread renewing = new Thread(this::renewing, "node-lease");
    private final Thread guarding = new Thread(this::guarding, "node-guard");

    private volatile Stopwatch sinceRenewal = Stopwatch.start();
    private volatile boolean failed;
    private volatile boolean forgotten;
    private volatile long node;
    /** Used by the renewing thread alone, once that runs. */
    private @Nullable Connection session;

    LeasedNodeLock(Database database, Times times) {
        this.database = database;
        this.times = times;
        renewing.setDaemon(true);
        guarding.setDaemon(true);
    }

    @Override
    public void hold(long node) {
        this.node = node;
        try {
            if (!lock()) {
                throw new OutsideError("database: another process holds the lock of node " + node, true, null);
            }
        } catch (SQLException e) {
            throw new OutsideError("database: no advisory lock can be had; see that the server allows them", true, e);
        }
    }

    @Override
    public void keep(Tx tx, long node) {
        Stopwatch asked = Stopwatch.start();
        tx.update("update node set lease_until_at = " + until() + ", place = :place where id = :id")
                .bind("place", ProcessPlace.ours().orElse(null))
                .bind("id", node)
                .execute();
        sinceRenewal = asked;
        renewing.start();
        guarding.start();
    }

    private String until() {
        return now() + " + " + times.lease().toMillis();
    }

    /** Not the transaction's begin, which may lie back. */
    private static String now() {
        return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    private void renewing() {
        Duration pause = times.renewEvery();
        while (!closing.stoppedWithin(pause) && !database.isClosed()) {
            pause = renewed() ? times.renewEvery() : RETRY_EVERY;
        }
    }

    private boolean renewed() {
        Stopwatch asked = Stopwatch.start();
        try {
            if (session == null) {
                lock();
            }
            if (!forgotten && !renew()) {
                forgotten = true;
                log.atError()
                        .addKeyValue("node", node)
                        .log(
                                "this process was away for longer than its lease, and others took over what it had in hand");
            }
            sinceRenewal = asked;
            if (failed) {
                log.atInfo().addKeyValue("node", node).log("the lease of this process is renewed again");
            }
            failed = false;
            return true;
        } catch (SQLException | OutsideError e) {
            if (!failed) {
                log.atWarn()
                        .log(
                                "the lease of this process can't be renewed, and nothing new is begun: {}",
                                Safe.text(e.getMessage()));
            }
            failed = true;
            drop();
            return false;
        }
    }

    private boolean lock() throws SQLException {
        Connection open = Pools.impatient(database.address(), PATIENCE);
        session = open;
        open.setAutoCommit(true);
        try (PreparedStatement statement = open.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, node);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private boolean renew() throws SQLException {
        Connection open = session;
        if (open == null) {
            throw new SQLException("no session");
        }
        try (PreparedStatement statement =
                open.prepareStatement("update node set lease_until_at = " + until() + " where id = ?")) {
            statement.setLong(1, node);
            return statement.executeUpdate() == 1;
        }
    }

    /** The renewal may wait for the network; this never does. */
    private void guarding() {
        boolean adrift = false;
        while (!closing.stoppedWithin(GUARD_EVERY) && !database.isClosed()) {
            boolean now = standing().compareTo(Standing.ADRIFT) >= 0;
            if (now && !adrift) {
                log.atError()
                        .addKeyValue("node", node)
                        .log("the lease of this process runs out; mail connections are broken off");
                whenAdrift.forEach(this::run);
            }
            adrift = now;
        }
    }

    private void run(Runnable abandon) {
        try {
            abandon.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("what had to be abandoned was not");
        }
    }

    @Override
    public Standing standing() {
        if (forgotten) {
            return Standing.FORGOTTEN;
        }
        Duration since = sinceRenewal.elapsed();
        if (since.compareTo(times.adrift()) >= 0) {
            return Standing.ADRIFT;
        }
        return failed || since.compareTo(times.unsure()) >= 0 ? Standing.UNSURE : Standing.SURE;
    }

    @Override
    public void whenAdrift(Runnable abandon) {
        whenAdrift.add(abandon);
    }

    @Override
    public boolean isHeld(long node) {
        record Row(boolean leased, @Nullable String place, long pid) {}
        return database.read(tx -> {
            Row row = tx.query("select coalesce(lease_until_at, 0) > " + now()
                            + " as leased, place, pid from node where id = :id")
                    .bind("id", node)
                    .map((rs, context) -> new Row(rs.getBoolean("leased"), rs.getString("place"), rs.getLong("pid")))
                    .findOne()
                    .orElse(new Row(false, null, 0));
            return row.leased() && !(ProcessPlace.isGone(row.place(), row.pid()) && isFree(tx, node));
        });
    }

    private static boolean isFree(Tx tx, long node) {
        // Within a transaction the lock is dropped at its end, so that asking leaves nothing behind.
        return tx.query("select pg_try_advisory_xact_lock(:node)")
                .bind("node", node)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean forget(Tx tx, long node) {
        // Looked at again with the row's lock: a renewal that came meanwhile wins, and one that comes later finds no
        // row.
        Boolean dead = tx.query("select coalesce(lease_until_at, 0) <= " + now()
                        + " as over, place, pid from node where id = :id for update")
                .bind("id", node)
                .map((rs, context) -> rs.getBoolean("over")
                        || ProcessPlace.isGone(rs.getString("place"), rs.getLong("pid")) && isFree(tx, node))
                .findOne()
                .orElse(false);
        return dead
                && tx.update("delete from node where id = :id").bind("id", node).execute() == 1;
    }

    private void drop() {
        Connection old = session;
        session = null;
        if (old == null) {
            return;
        }
        try {
            old.close();
        } catch (SQLException e) {
            // It was broken before; the lock goes with it.
            log.atDebug().setCause(e).log("the session of this node did not close");
        }
    }

    @Override
    public void close() {
        closing.stop();
        try {
            renewing.join(CLOSING.toMillis());
            guarding.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drop();
    }
}
