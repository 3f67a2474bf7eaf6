package io.broadsheet.db;

import io.broadsheet.error.OutsideError;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * This process among those that work on one database. What a process claims bears its node's id; when it dies, by whatever death, the lock it
 * held goes with it, and others take its claims over. Safe for several threads.
 */
public final class Node implements AutoCloseable {
    private final Database database;
    private final NodeLock lock;
    private final long id;

    private Node(Database database, NodeLock lock, long id) {
        this.database = database;
        this.lock = lock;
        this.id = id;
    }

    /** What a process is there for. */
    public enum Kind {
        /** The long-running one: it delivers what others compose. */
        SERVE,
        /** A command that ends when its work is done. */
        COMMAND
    }

    /** Takes the lock, then makes the node known: whoever finds it in the table can trust the lock to tell whether it lives. */
    public static Node join(Database database, Path dataFolder, Kind kind, Ids ids, Clock clock, String version) {
        long id = ids.next();
        NodeLock lock = database.address().isSqlite() ? new FileNodeLock(dataFolder) : new AdvisoryNodeLock(database);
        lock.hold(id);
        Node node = new Node(database, lock, id);
        try {
            database.writing(tx -> tx.update("""
                            insert into node (id, kind, version, pid, started_at)
                            values (:id, :kind, :version, :pid, :now)
                            """)
                    .bind("id", id)
                    .bind("kind", word(kind))
                    .bind("version", version)
                    .bind("pid", ProcessHandle.current().pid())
                    .bind("now", clock.millis())
                    .execute());
        } catch (JdbiException | OutsideError e) {
            lock.close();
            throw e;
        }
        return node;
    }

    private static String word(Kind kind) {
        return kind == Kind.SERVE ? "serve" : "command";
    }

    /** What this process's claims bear. */
    public long id() {
        return id;
    }

    public boolean isAlive(long node) {
        return node == id || lock.isHeld(node);
    }

    /** Nodes that left no goodbye: their claims are to be taken over, then {@link #forget} is called. */
    public List<Long> dead() {
        return known(null).stream().filter(node -> !isAlive(node)).toList();
    }

    /** Whether a {@code serve} lives on this database: this process, if it is one, or another. */
    public boolean serveIsAlive() {
        return known(Kind.SERVE).stream().anyMatch(this::isAlive);
    }

    /** Whether another {@code serve} than this process lives on this database. */
    public boolean anotherServeIsAlive() {
        return known(Kind.SERVE).stream().anyMatch(node -> node != id && isAlive(node));
    }

    private List<Long> known(@Nullable Kind kind) {
        return database.read(tx -> tx.query("""
                        select id
                        from node
                        where kind = :kind or :any
                        order by id
                        """)
                .bind("kind", kind == null ? "" : word(kind))
                .bind("any", kind == null)
                .mapTo(Long.class)
                .list());
    }

    /** Removes a dead node, in the transaction that took over the last of its claims. */
    public void forget(Tx tx, long node) {
        tx.update("delete from node where id = :id").bind("id", node).execute();
        lock.forget(node);
    }

    /** Says goodbye: this process holds no claims any more. */
    @Override
    public void close() {
        try {
            database.writing(tx ->
                    tx.update("delete from node where id = :id").bind("id", id).execute());
        } finally {
            lock.close();
        }
    }
}
