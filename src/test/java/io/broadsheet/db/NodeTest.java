package io.broadsheet.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Clock;

class NodeTest {
    private final Clock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Ids ids = new Ids(clock);

    @OnBothDatabases
    void a_node_lives_until_it_is_closed(TestDatabase test) {
        Node watching = join(test, Node.Kind.COMMAND);
        Node other = join(test, Node.Kind.COMMAND);

        boolean before = watching.isAlive(other.id());
        other.close();

        assertThat(before).isTrue();
        assertThat(watching.isAlive(other.id())).isFalse();
        assertThat(watching.dead()).isEmpty();
        watching.close();
    }

    @OnBothDatabases
    void a_node_that_went_without_a_goodbye_is_dead_until_it_is_forgotten(TestDatabase test) {
        Node watching = join(test, Node.Kind.COMMAND);
        long gone = ids.next();
        test.database()
                .writing(tx -> tx.update(
                                "insert into node (id, kind, version, pid, started_at) values (:id, 'serve', '0', 1, 0)")
                        .bind("id", gone)
                        .execute());

        assertThat(watching.dead()).containsExactly(gone);
        assertThat(watching.serveIsAlive()).isFalse();
        test.database().writing(tx -> watching.forget(tx, gone));
        assertThat(watching.dead()).isEmpty();
        watching.close();
    }

    @OnBothDatabases
    void a_living_serve_is_seen_by_commands(TestDatabase test) {
        Node command = join(test, Node.Kind.COMMAND);
        boolean before = command.serveIsAlive();

        Node serve = join(test, Node.Kind.SERVE);

        assertThat(before).isFalse();
        assertThat(command.serveIsAlive()).isTrue();
        assertThat(serve.anotherServeIsAlive()).isFalse();
        serve.close();
        command.close();
    }

    private Node join(TestDatabase test, Node.Kind kind) {
        return Node.join(test.database(), test.home().resolve("data"), kind, ids, clock, "0.1.0");
    }
}
