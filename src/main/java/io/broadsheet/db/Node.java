package io.broadsheet.db;

import io.broadsheet.error.OutsideError;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * This process among those that work on one database. What a process claims bears its node's id; when it dies, by whatever death, the lock it
 * held goes with it, and others take its claims over. On PostgreSQL it also has a lease, which it may lose while it lives: then it is forgotten, and
 * {@link #rejoin} makes it another node. Safe for several threads.
 */
public final class Node implements AutoCloseable {
    private final Database database;
    private final Path dataFolder;
    private final Kind kind;
    private final Ids ids;
    private final Clock clock;
    private final String version;
    private final List<Runnable> whenAdrift = new CopyOnWriteArrayList<>();
    private volatile NodeLock lock;
    private volatile long id;

    private Node(Database database, Path dataFolder, Kind kind, Ids ids, Clock clock, String version) {
        this.database = database;
        this.dataFolder = dataFolder;
        this.kind = kind;
        this.ids = ids;
        this.clock = clock;
        this.version = version;
        this.id = ids.next();
        this.lock = entered(id);
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
        return new Node(database, dataFolder, kind, ids, clock, version);
    }

    private NodeLock entered(long as) {
        NodeLock taken = database.address().isSqlite()
                ? new FileNodeLock(dataFolder)
                : new LeasedNodeLock(database, LeasedNodeLock.Times.USUAL);
        taken.whenAdrift(() -> whenAdrift.forEach(Runnable::run));
        taken.hold(as);
        try {
            database.writing(tx -> {
                tx.update("""
                            insert into node (id, kind, version, pid, started_at)
                            values (:id, :kind, :version, :pid, :now)
                            """)
                        .bind("id", as)
                        .bind("kind", word(kind))
                        .bind("version", version)
                        .bind("pid", ProcessHandle.current().pid())
                        .bind("now", clock.millis())
                        .execute();
                taken.keep(tx, as);
            });
        } catch (JdbiException | OutsideError e) {
            taken.close();
            throw e;
        }
        return taken;
    }

    /**
     * Becomes another node, since this one {@link #isForgotten}. Whatever works in the old one's name must have ended before: what it still writes
     * finds nothing of its own.
     */
    public void rejoin() {
        NodeLock old = lock;
        long next = ids.next();
        lock = entered(next);
        id = next;
        old.close();
    }

    /** Whether new work may be taken in hand: not when the lease could not be renewed of late. */
    public boolean mayClaim() {
        return lock.standing() == NodeLock.Standing.SURE;
    }

    /** Whether a message may go out: not when others may soon take this process for dead. */
    public boolean maySend() {
        return lock.standing().compareTo(NodeLock.Standing.ADRIFT) < 0;
    }

    /** Whether others took this process for dead, and took over what it had: it must {@link #rejoin}. */
    public boolean isForgotten() {
        return lock.standing() == NodeLock.Standing.FORGOTTEN;
    }

    /** Has this called, on a thread of ours, whenever {@link #maySend} turns false: mail connections are to be broken off then. */
    public void whenAdrift(Runnable abandon) {
        whenAdrift.add(abandon);
    }

    /** Takes a {@link #whenAdrift} back. */
    public void forgetAbout(Runnable abandon) {
        whenAdrift.remove(abandon);
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

    /** How many processes deliver on this database, this one among them: they share what a sender may send. At least 1. */
    public int delivering() {
        if (database.address().isSqlite()) {
            return 1;
        }
        long others = known(Kind.SERVE).stream()
                .filter(node -> node != id && isAlive(node))
                .count();
        return (int) others + 1;
    }

    /** Whether any {@code serve} lives on this database, asked by a process that is no node yet. */
    public static boolean serveLives(Database database, Path dataFolder) {
        NodeLock asking = database.address().isSqlite()
                ? new FileNodeLock(dataFolder)
                : new LeasedNodeLock(database, LeasedNodeLock.Times.USUAL);
        return known(database, Kind.SERVE).stream().anyMatch(asking::isHeld);
    }

    /** Whether another {@code serve} than this process lives on this database. */
    public boolean anotherServeIsAlive() {
        return known(Kind.SERVE).stream().anyMatch(node -> node != id && isAlive(node));
    }

    private List<Long> known(@Nullable Kind kind) {
        return known(database, kind);
    }

    private static List<Long> known(Database database, @Nullable Kind kind) {
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

    /** Removes a dead node, in the transaction that takes over its claims and before that does; answers false when it lives again, or another was quicker. */
    public boolean forget(Tx tx, long node) {
        return lock.forget(tx, node);
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
