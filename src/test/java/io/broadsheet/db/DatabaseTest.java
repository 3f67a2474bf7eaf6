package io.broadsheet.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @OnBothDatabases
    void a_transaction_that_throws_leaves_nothing(TestDatabase test) {
        Database database = test.database();

        assertThatThrownBy(() -> database.writing(tx -> {
                    fact(tx, "half");
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(facts(database)).isZero();
    }

    @OnBothDatabases
    void migrating_twice_does_nothing_the_second_time(TestDatabase test) {
        Migrations migrations = new Migrations(test.database());

        assertThat(migrations.migrate()).isZero();
        migrations.expectCurrent();
    }

    @OnBothDatabases
    void the_newest_migration_is_the_one_the_program_expects(TestDatabase test) {
        assertThat(new Migrations(test.database()).newestOnClassPath()).isEqualTo(Migrations.NEWEST);
    }

    @OnBothDatabases
    void a_database_of_another_version_is_refused_with_the_mend(TestDatabase test) {
        Database database = test.database();
        database.writing(tx -> tx.update(
                        "update flyway_schema_history set version = '999' where installed_rank = (select max(installed_rank) from flyway_schema_history)")
                .execute());

        assertThatThrownBy(() -> new Migrations(database).expectCurrent())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("newer version (999");
    }

    @OnBothDatabases
    void a_write_within_a_write_is_a_bug_that_shows_at_once(TestDatabase test) {
        if (!test.isSqlite()) {
            return;
        }
        Database database = test.database();

        assertThatThrownBy(() -> database.writing(tx -> database.writing(inner -> fact(inner, "inner"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a write within a write");
    }

    @OnBothDatabases
    void many_writers_at_once_all_get_their_turn(TestDatabase test) throws InterruptedException {
        Database database = test.database();
        List<Thread> threads = new ArrayList<>();

        for (int writer = 0; writer < 4; writer++) {
            String name = "writer-" + writer + "-";
            Thread thread = new Thread(() -> {
                for (int at = 0; at < 50; at++) {
                    String fact = name + at;
                    database.writing(tx -> fact(tx, fact));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(facts(database)).isEqualTo(200);
    }

    @Test
    void ids_grow_and_never_repeat() {
        Ids ids = new Ids(TestClock.at("2026-11-24T08:00:00Z"));

        List<Long> many = new ArrayList<>();
        for (int at = 0; at < 10_000; at++) {
            many.add(ids.next());
        }

        assertThat(many).isSorted().doesNotHaveDuplicates().allMatch(id -> id > 0);
    }

    private static void fact(Tx tx, String name) {
        tx.update("insert into fact (name, value, changed_at) values (:name, 'v', 0)")
                .bind("name", name)
                .execute();
    }

    private static long facts(Database database) {
        return database.read(
                tx -> tx.query("select count(*) from fact").mapTo(Long.class).one());
    }
}
