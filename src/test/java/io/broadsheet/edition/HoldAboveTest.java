package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.edition.Edition.State;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;

/** A cap on what goes out without an admin. */
class HoldAboveTest {
    private static final long NODE = 3;

    private final EditionStore editions = new EditionStore(10);

    @OnBothDatabases
    void a_scheduled_edition_to_more_than_the_cap_waits_for_an_admin(TestDatabase test) {
        assertThat(composed(test, 1, false, 11)).isEqualTo(State.PAUSED);
        assertThat(composed(test, 2, false, 10)).isEqualTo(State.SENDING);
        assertThat(composed(test, 3, true, 11)).isEqualTo(State.SENDING);
        String why = test.database()
                .read(tx -> editions.pausedWhy(tx, new EditionId(1)).orElse(""));
        boolean resumed = test.database().write(tx -> editions.resume(tx, new EditionId(1)));
        assertThat(why).contains("mail.hold-above (10)");
        assertThat(resumed).isTrue();
        assertThat(state(test, 1)).isEqualTo(State.SENDING);
    }

    private State composed(TestDatabase test, long id, boolean byHand, int recipients) {
        test.database().writing(tx -> {
            tx.update("""
                    insert into newsletter (id, name, definition, provisioned, created_at)
                    values (1, 'news', '{}', true, 0)
                    on conflict do nothing
                    """).execute();
            tx.update("""
                    insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, by_hand, node_id, recipients,
                                         started_at)
                    values (:id, 1, 'daily', :id, 'composing', '{}', 0, 0, :byHand, :node, :recipients, 0)
                    """)
                    .bind("id", id)
                    .bind("byHand", byHand)
                    .bind("node", NODE)
                    .bind("recipients", recipients)
                    .execute();
            editions.composed(tx, new EditionId(id), NODE, State.SENDING, "News", null);
        });
        return state(test, id);
    }

    private static State state(TestDatabase test, long id) {
        return State.of(test.database()
                .read(tx -> tx.query("select state from edition where id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one()));
    }
}
