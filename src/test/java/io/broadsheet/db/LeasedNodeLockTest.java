package io.broadsheet.db;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.db.LeasedNodeLock.Times;
import io.broadsheet.db.NodeLock.Standing;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a lease promises on PostgreSQL, with times short enough to watch. */
class LeasedNodeLockTest {
    private static final Times SHORT =
            new Times(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofMillis(1200), Duration.ofMillis(2500));
    /** As if it ran elsewhere: then its lease alone tells. */
    private static final String ELSEWHERE = "another machine";

    @OnBothDatabases
    void a_lease_that_is_renewed_lasts(TestDatabase test) {
        if (test.isSqlite()) {
            return;
        }
        LeasedNodeLock lock = held(test, 1);
        LeasedNodeLock other = new LeasedNodeLock(test.database(), SHORT);
        long first = lease(test, 1);

        eventually("it is renewed", () -> lease(test, 1) > first + SHORT.lease().toMillis());

        assertThat(other.isHeld(1)).isTrue();
        assertThat(lock.standing()).isEqualTo(Standing.SURE);
        assertThat(forgotten(test, other, 1)).isFalse();
        lock.close();
    }

    @OnBothDatabases
    void a_lease_that_ran_out_is_taken_and_its_owner_finds_itself_forgotten(TestDatabase test) {
        if (test.isSqlite()) {
            return;
        }
        LeasedNodeLock lock = held(test, 1);
        LeasedNodeLock other = new LeasedNodeLock(test.database(), SHORT);
        run(test, "update node set lease_until_at = 0 where id = 1");

        // As a process that was stopped and wakes: whoever comes first wins, and both know.
        boolean taken = forgotten(test, other, 1);

        if (taken) {
            eventually("it knows", () -> lock.standing() == Standing.FORGOTTEN);
        } else {
            assertThat(lock.standing()).isNotEqualTo(Standing.FORGOTTEN);
        }
        assertThat(other.isHeld(1)).isEqualTo(!taken);
        lock.close();
    }

    @OnBothDatabases
    void who_can_not_renew_is_unsure_at_once_then_adrift_before_its_lease_is_over(TestDatabase test) {
        if (test.isSqlite()) {
            return;
        }
        LeasedNodeLock lock = held(test, 1);
        LeasedNodeLock other = new LeasedNodeLock(test.database(), SHORT);
        AtomicInteger abandoned = new AtomicInteger();
        lock.whenAdrift(abandoned::incrementAndGet);
        // Its sessions are cut off, and it can't come back.
        run(test, "alter table node rename to node_away");
        eventually("it is adrift", () -> abandoned.get() == 1);
        Standing adrift = lock.standing();
        run(test, "alter table node_away rename to node");
        boolean heldStill = other.isHeld(1);

        eventually("it is sure again", () -> lock.standing() == Standing.SURE);
        assertThat(adrift).isEqualTo(Standing.ADRIFT);
        assertThat(heldStill).as("nobody could have taken it by then").isTrue();
        assertThat(abandoned).hasValue(1);
        lock.close();
    }

    @OnBothDatabases
    void the_session_is_taken_again_after_it_was_lost(TestDatabase test) {
        if (test.isSqlite()) {
            return;
        }
        LeasedNodeLock lock = held(test, 1);
        test.database().read(tx -> tx.query("""
                        select pg_terminate_backend(pid)
                        from pg_locks
                        where locktype = 'advisory' and objid = 1 and database = (select oid from pg_database where datname = current_database())
                        """).mapTo(Boolean.class).list());

        eventually("the lock is held again", () -> locks(test) == 1);
        eventually("it is sure", () -> lock.standing() == Standing.SURE);
        lock.close();
    }

    @OnBothDatabases
    void a_process_that_is_seen_to_be_gone_is_dead_at_once(TestDatabase test) {
        if (test.isSqlite() || ProcessPlace.ours().isEmpty()) {
            return;
        }
        LeasedNodeLock other = new LeasedNodeLock(test.database(), SHORT);
        insert(test, 7, ProcessPlace.ours().orElseThrow(), Integer.MAX_VALUE);
        insert(test, 8, ELSEWHERE, Integer.MAX_VALUE);

        assertThat(other.isHeld(7)).isFalse();
        assertThat(other.isHeld(8)).isTrue();
    }

    private static LeasedNodeLock held(TestDatabase test, long node) {
        LeasedNodeLock lock = new LeasedNodeLock(test.database(), SHORT);
        lock.hold(node);
        test.database().writing(tx -> {
            tx.update("insert into node (id, kind, version, pid, started_at) values (:id, 'serve', '0', 1, 0)")
                    .bind("id", node)
                    .execute();
            lock.keep(tx, node);
        });
        run(test, "update node set place = '" + ELSEWHERE + "'");
        return lock;
    }

    private static void insert(TestDatabase test, long node, String place, long pid) {
        test.database()
                .writing(tx -> tx.update("""
                        insert into node (id, kind, version, pid, started_at, place, lease_until_at)
                        values (:id, 'serve', '0', :pid, 0, :place, 9000000000000000)
                        """)
                        .bind("id", node)
                        .bind("pid", pid)
                        .bind("place", place)
                        .execute());
    }

    private static boolean forgotten(TestDatabase test, LeasedNodeLock by, long node) {
        return test.database().write(tx -> by.forget(tx, node));
    }

    private static long lease(TestDatabase test, long node) {
        return test.database()
                .read(tx -> tx.query("select lease_until_at from node where id = :id")
                        .bind("id", node)
                        .mapTo(Long.class)
                        .one());
    }

    private static long locks(TestDatabase test) {
        return test.database().read(tx -> tx.query("""
                        select count(*)
                        from pg_locks
                        where locktype = 'advisory' and objid = 1 and database = (select oid from pg_database where datname = current_database())
                        """).mapTo(Long.class).one());
    }

    private static void run(TestDatabase test, String sql) {
        test.database().writing(tx -> tx.update(sql).execute());
    }
}
