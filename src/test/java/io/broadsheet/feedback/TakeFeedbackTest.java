package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.edition.EditionId;
import io.broadsheet.subscriber.HistoryStore;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

class TakeFeedbackTest {
    private static final String ADA = "ada@example.net";

    @OnBothDatabases
    void a_bounce_with_a_token_suppresses_and_is_in_the_history_whatever_its_case(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        String path = Mailroom.returnPath(Mailroom.FIRST, Mailroom.ADA).toUpperCase(Locale.ROOT);
        String mail = Mailroom.bounce("somebody@example.org", "5.1.1", "550 5.1.1 no such user");

        assertThat(room.takes(mail, path)).isEqualTo(Outcome.SUPPRESSED);
        assertThat(room.takes(mail + "\n(again, by another door)\n", path)).isEqualTo(Outcome.REPEATED);

        ShowSuppression.Shown shown = room.showSuppression.show(ADA);
        assertThat(shown.why()).isEqualTo("bounce");
        assertThat(shown.reply()).isEqualTo("550 5.1.1 no such user");
        assertThat(shown.history())
                .containsExactly(new HistoryStore.Past(
                        room.clock.instant(),
                        "bounce",
                        "hard",
                        "101",
                        "5.1.1",
                        "550 5.1.1 no such user",
                        "listener",
                        "suppressed"));
        assertThat(room.showSubscriber.show(ADA).history()).isEqualTo(shown.history());
        assertThat(room.subscriptions(ADA)).containsExactly("active", "active");
    }

    @OnBothDatabases
    void a_forged_bounce_suppresses_nobody_and_is_kept_for_an_admin(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        String token = Mailroom.PATHS.token(Mailroom.FIRST, Mailroom.ADA);
        String forged = (token.startsWith("a") ? "b" : "a") + token.substring(1);

        assertThat(room.takes(Mailroom.bounce("bounces@bounce.example.org", "5.1.1", "550 unknown")))
                .isEqualTo(Outcome.UNPARSED);
        assertThat(room.takes(Mailroom.bounce("bounces+" + forged + "@bounce.example.org", "5.1.1", "550 unknown")))
                .isEqualTo(Outcome.UNPARSED);

        assertThat(room.isSuppressed(ADA)).isFalse();
        assertThat(room.showSuppression.show(ADA).history()).isEmpty();
        assertThat(room.listUnparsed.newest(10)).hasSize(2).allSatisfy(one -> {
            assertThat(one.why()).contains("no token of ours in a bounce");
            assertThat(one.raw()).contains("Final-Recipient");
        });
    }

    @OnBothDatabases
    void soft_bounces_suppress_when_three_came_and_nothing_was_delivered_in_between(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        assertThat(softBounceOf(room, 201)).isEqualTo(Outcome.NOTED);
        assertThat(softBounceOf(room, 202)).isEqualTo(Outcome.NOTED);
        deliveredBy(room, 203);
        assertThat(softBounceOf(room, 204)).isEqualTo(Outcome.NOTED);
        assertThat(softBounceOf(room, 205)).isEqualTo(Outcome.NOTED);
        assertThat(room.isSuppressed(ADA)).isFalse();
        assertThat(softBounceOf(room, 206)).isEqualTo(Outcome.SUPPRESSED);
    }

    @OnBothDatabases
    void soft_bounces_that_come_days_after_their_editions_count_all_the_same(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        for (long edition = 201; edition <= 206; edition++) {
            deliveredBy(room, edition);
        }

        assertThat(soft(room, 201)).isEqualTo(Outcome.NOTED);
        assertThat(soft(room, 202)).isEqualTo(Outcome.NOTED);
        assertThat(soft(room, 203)).isEqualTo(Outcome.SUPPRESSED);
    }

    @OnBothDatabases
    void soft_bounces_of_long_ago_and_the_same_one_twice_count_no_further(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        softBounceOf(room, 201);
        softBounceOf(room, 202);
        assertThat(soft(room, 202)).isEqualTo(Outcome.REPEATED);
        room.clock.advance(Duration.ofDays(40));
        assertThat(softBounceOf(room, 203)).isEqualTo(Outcome.NOTED);

        assertThat(room.isSuppressed(ADA)).isFalse();
    }

    @OnBothDatabases
    void what_is_about_us_or_a_delay_never_suppresses(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        for (long edition = 201; edition <= 210; edition++) {
            deliveredBy(room, edition);
            String path = Mailroom.returnPath(new EditionId(edition), Mailroom.ADA);
            assertThat(room.takes(Mailroom.bounce(path, "5.7.1", "550 5.7.1 blocked")))
                    .isEqualTo(Outcome.NOTED);
            assertThat(room.takes(Mailroom.bounce(path, "4.4.1", "time-out").replace("failed", "delayed")))
                    .isEqualTo(Outcome.NOTED);
        }

        assertThat(room.isSuppressed(ADA)).isFalse();
    }

    @OnBothDatabases
    void a_complaint_suppresses_and_ends_all_subscriptions_with_the_record_of_it(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        assertThat(room.takeFeedback.take(report(Report.Kind.COMPLAINT, ADA, null, null, "e1")))
                .isEqualTo(Outcome.SUPPRESSED);

        assertThat(room.showSuppression.show(ADA).why()).isEqualTo("complaint");
        assertThat(room.subscriptions(ADA)).containsExactly("ended", "ended");
        assertThat(room.showSubscriber.show(ADA).consents()).allSatisfy(consent -> {
            assertThat(consent.what()).isEqualTo("withdrawn");
            assertThat(consent.evidence()).isEqualTo("complaint by ses");
        });
        assertThat(room.subscriptions("grace@example.com")).containsExactly("active", "active");
    }

    @OnBothDatabases
    void a_mail_to_leave_ends_the_one_newsletter_and_works_again_after_a_return(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        String mail = Mailroom.marked("From: Ada\nTo: @UNSUBSCRIBE-MAIL@\nSubject: unsubscribe\n\n");

        assertThat(room.takes(mail)).isEqualTo(Outcome.UNSUBSCRIBED);
        assertThat(room.subscriptions(ADA)).containsExactly("ended", "active");
        assertThat(room.isSuppressed(ADA)).isFalse();
        room.run("update subscription set state = 'active'");
        assertThat(room.takes(mail.replace("From: Ada", "From: Ada again"))).isEqualTo(Outcome.UNSUBSCRIBED);

        assertThat(room.subscriptions(ADA)).containsExactly("ended", "active");
    }

    @OnBothDatabases
    void a_report_is_matched_by_return_path_by_message_id_and_by_address_and_counts_once(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        String path = Mailroom.returnPath(Mailroom.FIRST, Mailroom.ADA);
        String id = Mailroom.MESSAGE_IDS.of(Mailroom.FIRST, Mailroom.ADA);

        assertThat(room.takeFeedback.take(report(Report.Kind.DELAY, null, path, null, "e1")))
                .isEqualTo(Outcome.NOTED);
        assertThat(room.takeFeedback.take(report(
                        Report.Kind.UNSUBSCRIBE, "Ada@Example.net", null, id.substring(1, id.length() - 1), "e2")))
                .isEqualTo(Outcome.UNSUBSCRIBED);
        assertThat(room.subscriptions(ADA)).containsExactly("ended", "active");
        assertThat(room.takeFeedback.take(report(Report.Kind.UNSUBSCRIBE, ADA, null, null, "e3")))
                .isEqualTo(Outcome.UNSUBSCRIBED);
        assertThat(room.takeFeedback.take(report(Report.Kind.UNSUBSCRIBE, ADA, null, null, "e3")))
                .isEqualTo(Outcome.REPEATED);
        assertThat(room.takeFeedback.take(report(Report.Kind.BOUNCE, "nobody@example.net", null, null, "e4")))
                .isEqualTo(Outcome.UNPARSED);

        assertThat(room.subscriptions(ADA)).containsExactly("ended", "ended");
        assertThat(room.isSuppressed("nobody@example.net")).isFalse();
    }

    @OnBothDatabases
    void a_stranger_who_floods_us_fills_no_database(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        for (int mail = 0; mail < 1_010; mail++) {
            assertThat(room.takes("Subject: buy number " + mail + "\n\nnow\0")).isEqualTo(Outcome.UNPARSED);
        }

        assertThat(room.count("feedback")).isEqualTo(1_000);
    }

    private static Outcome softBounceOf(Mailroom room, long edition) {
        deliveredBy(room, edition);
        return soft(room, edition);
    }

    private static void deliveredBy(Mailroom room, long edition) {
        room.clock.advance(Duration.ofHours(1));
        room.edition(edition);
        room.delivery(edition, Mailroom.ADA.value(), "accepted", "250 ok");
    }

    private static Outcome soft(Mailroom room, long edition) {
        room.clock.advance(Duration.ofMinutes(1));
        String path = Mailroom.returnPath(new EditionId(edition), Mailroom.ADA);
        return room.takes(Mailroom.bounce(path, "5.2.2", "552 5.2.2 mailbox full"));
    }

    private static Report report(
            Report.Kind kind,
            @Nullable String address,
            @Nullable String path,
            @Nullable String messageId,
            String event) {
        return new Report(kind, address, path, messageId, "5.1.1", "gone", java.time.Instant.EPOCH, "ses", event);
    }
}
