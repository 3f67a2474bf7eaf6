package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;

class ReviewRefusalsTest {
    @OnBothDatabases
    void a_refused_address_is_suppressed_once_and_the_others_are_left_alone(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        room.edition(201);
        room.delivery(201, 11, "refused", "550 5.1.1 no such user");
        room.delivery(201, 12, "refused", "550 5.7.1 blocked");

        assertThat(room.reviewRefusals.review()).isEqualTo(1);
        assertThat(room.reviewRefusals.review()).isZero();

        assertThat(room.isSuppressed("ada@example.net")).isTrue();
        assertThat(room.isSuppressed("grace@example.com")).isFalse();
        assertThat(room.showSuppression.show("grace@example.com").history())
                .singleElement()
                .satisfies(past -> assertThat(past.severity()).isEqualTo("policy"));
    }

    @OnBothDatabases
    void what_was_given_up_counts_as_soft_and_suppresses_the_third_time(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        for (int edition = 201; edition <= 203; edition++) {
            assertThat(room.isSuppressed("ada@example.net")).isFalse();
            room.clock.advance(Duration.ofDays(1));
            room.edition(edition);
            room.delivery(edition, 11, "refused", "gave up after 2d: 452 4.2.2 mailbox full");
            room.reviewRefusals.review();
        }

        assertThat(room.isSuppressed("ada@example.net")).isTrue();
    }

    @OnBothDatabases
    void a_crash_before_the_mark_counts_nothing_twice_and_misses_nothing(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        room.edition(201);
        room.delivery(201, 11, "refused", "552 5.2.2 full");
        room.reviewRefusals.review();
        room.run("update delivery set reviewed_at = null");

        room.reviewRefusals.review();

        assertThat(room.showSuppression.show("ada@example.net").history()).hasSize(1);
        assertThat(room.database.<Long>read(
                        tx -> tx.query("select count(*) from delivery where state = 'refused' and reviewed_at is null")
                                .mapTo(Long.class)
                                .one()))
                .isZero();
    }

    @OnBothDatabases
    void our_own_words_and_a_suppressed_confirmation_blame_nobody(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        room.edition(201);
        room.delivery(201, 12, "refused", "gave up after 2d: templates/mail/digest/html.vm:3: unknown name");
        room.run(
                "insert into outbox (id, kind, newsletter_id, subscriber_id, state, reply, created_at, changed_at) values "
                        + "(5, 'confirm', 1, 11, 'refused', '550 5.1.1 unknown', 0, 0)");

        assertThat(room.reviewRefusals.review()).isEqualTo(1);

        assertThat(room.isSuppressed("ada@example.net")).isTrue();
        assertThat(room.showSuppression.show("grace@example.com").history()).isEmpty();
    }
}
