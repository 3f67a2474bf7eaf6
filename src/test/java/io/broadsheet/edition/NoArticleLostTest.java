package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.edition.Edition.State;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Instant;
import java.util.List;

/** The ways in which an article could fall between two editions. */
class NoArticleLostTest {
    private static final NewsletterDefinition BROKEN =
            Press.with(Press.newsletter("news", Press.daily()), 50, "$nonsense", false);

    @OnBothDatabases
    void an_edition_composed_anew_keeps_what_another_left_to_it_meanwhile(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(BROKEN);
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");
            assertThatThrownBy(() -> press.send("news", null)).isInstanceOf(UserError.class);
            press.apply(Press.newsletter("news", Press.daily()));
            press.at("2026-11-23T14:00:00Z").news("Two");
            Composed meanwhile = press.at("2026-11-24T06:00:00Z")
                    .composeEdition
                    .compose(
                            ComposeRequest.scheduled("news", "daily", Instant.parse("2026-11-24T06:00:00Z")),
                            Progress.NONE);
            press.delivered(meanwhile);

            List<Composed> anew = press.composeEdition.resume(Progress.NONE);

            assertThat(press.got(meanwhile, ada)).containsExactly("Two");
            assertThat(anew)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("One"));
        }
    }

    @OnBothDatabases
    void half_composed_and_its_cadence_gone_an_edition_is_cancelled_and_its_articles_are_due_elsewhere(
            TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(BROKEN);
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            assertThatThrownBy(() -> press.at("2026-11-24T06:00:00Z").due("news", "daily"))
                    .isInstanceOf(UserError.class);
            press.apply(Press.newsletter("news", Press.weekly()));

            List<Composed> resumed = press.composeEdition.resume(Progress.NONE);
            Composed byHand = press.send("news", null);

            assertThat(resumed).isEmpty();
            assertThat(press.count(
                            "select count(*) from edition where state = 'cancelled' and ended_at is not null",
                            query -> query))
                    .isEqualTo(1);
            assertThat(press.got(byHand, ada)).containsExactly("One");
        }
    }

    @OnBothDatabases
    void half_composed_and_its_newsletter_paused_an_edition_waits(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(BROKEN);
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            assertThatThrownBy(() -> press.send("news", null)).isInstanceOf(UserError.class);
            press.apply(Press.paused(Press.newsletter("news", Press.daily())));

            List<Composed> paused = press.composeEdition.resume(Progress.NONE);
            press.apply(Press.newsletter("news", Press.daily()));
            List<Composed> enabled = press.composeEdition.resume(Progress.NONE);

            assertThat(paused).isEmpty();
            assertThat(enabled)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("One"));
        }
    }

    @OnBothDatabases
    void whoever_looks_often_tries_a_failing_edition_after_growing_pauses_only(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(BROKEN);
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            assertThatThrownBy(() -> press.send("news", null)).isInstanceOf(UserError.class);
            press.apply(Press.newsletter("news", Press.daily()));

            List<Composed> atOnce = press.composeEdition.takeUp(Progress.NONE);
            List<Composed> later =
                    press.at("2026-11-23T12:01:00Z").composeEdition.takeUp(Progress.NONE);

            assertThat(atOnce).isEmpty();
            assertThat(later).singleElement().satisfies(composed -> {
                assertThat(composed.outcome()).isEqualTo(Outcome.SENDING);
                assertThat(press.edition(composed).state()).isEqualTo(State.SENDING);
                assertThat(press.got(composed, ada)).containsExactly("One");
            });
        }
    }

    @OnBothDatabases
    void one_sent_by_hand_does_not_end_the_time_of_who_joined_since_the_last_slot(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ben@example.org", "news", "daily");
            press.at("2026-11-24T05:00:00Z").news("One");
            press.at("2026-11-24T09:00:00Z").news("Two");
            // The slot of six, caught up.
            press.delivered(
                    press.at("2026-11-24T11:00:00Z").due("news", "daily").get(0));
            SubscriberId ada = press.at("2026-11-24T12:00:00Z").joins("ada@example.org", "news", "daily");
            press.at("2026-11-24T12:30:00Z").news("Three");
            Composed byHand = press.at("2026-11-24T13:00:00Z").send("news", "daily");
            press.delivered(byHand);
            press.at("2026-11-24T14:00:00Z").news("Four");

            Composed next =
                    press.at("2026-11-25T06:00:00Z").due("news", "daily").get(0);

            assertThat(press.got(byHand, ada)).containsExactly("Three");
            assertThat(press.got(next, ada)).containsExactly("Four", "Two");
        }
    }

    @OnBothDatabases
    void who_leaves_one_newsletter_with_its_mail_on_the_way_gets_the_article_from_the_other(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.apply(Press.newsletter("alerts", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.joins("ada@example.org", "alerts", "daily");
            // His makes it an edition, after which what came before is no news to the newsletter any more.
            press.joins("ben@example.org", "alerts", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");
            Composed news =
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0);
            Composed alerts = press.due("alerts", "daily").get(0);
            press.delivered(news, "suppressed");
            press.delivered(alerts);
            press.at("2026-11-24T13:00:00Z").news("Two");

            Composed next =
                    press.at("2026-11-25T06:00:00Z").due("alerts", "daily").get(0);

            assertThat(press.got(alerts, ada)).isEmpty();
            assertThat(press.got(next, ada)).containsExactly("Two", "One");
        }
    }

    @OnBothDatabases
    void what_was_dealt_by_hand_and_refused_is_due_again_though_it_is_older_than_the_reader(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.each()));
            press.at("2026-11-23T12:30:00Z").news("One");
            SubscriberId ada = press.at("2026-11-23T13:00:00Z").joins("ada@example.org", "news", "each");
            Composed first = press.send("news", null);
            press.delivered(first, "refused");

            Composed again = press.at("2026-11-23T14:00:00Z").send("news", null);

            assertThat(press.got(first, ada)).containsExactly("One");
            assertThat(press.got(again, ada)).containsExactly("One");
        }
    }

    @OnBothDatabases
    void who_changes_cadence_loses_nothing_that_the_old_one_had_not_sent_yet(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.weekly(), Press.each()));
            SubscriberId ada = press.joins("ada@example.org", "news", "weekly");
            press.at("2026-11-24T13:00:00Z").news("One");
            press.at("2026-11-25T12:00:00Z").joins("ada@example.org", "news", "each");
            press.at("2026-11-25T13:00:00Z").news("Two");

            Composed each = press.at("2026-11-25T13:00:05Z").due("news", "each").get(0);

            assertThat(press.got(each, ada)).containsExactly("Two", "One");
        }
    }
}
