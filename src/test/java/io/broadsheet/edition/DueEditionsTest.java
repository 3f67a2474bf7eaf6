package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Instant;
import java.util.List;

/** When editions are due, by the rules of missed slots, `each`, and readers' own zones. */
class DueEditionsTest {
    @OnBothDatabases
    void a_slot_has_one_edition_however_often_it_is_asked_for(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T15:00:00Z").news("Bridge reopens");

            List<Composed> before = press.at("2026-11-24T05:59:59Z").due("news", "daily");
            List<Composed> first = press.at("2026-11-24T06:00:00Z").due("news", "daily");
            List<Composed> again = press.at("2026-11-24T06:00:30Z").due("news", "daily");

            assertThat(before).isEmpty();
            assertThat(first).singleElement().satisfies(composed -> {
                assertThat(composed.outcome()).isEqualTo(Outcome.SENDING);
                assertThat(press.got(composed, ada)).containsExactly("Bridge reopens");
                assertThat(press.edition(composed).slot()).isEqualTo(Instant.parse("2026-11-24T06:00:00Z"));
                assertThat(press.edition(composed).subject()).isEqualTo("Example News: 1 new");
            });
            assertThat(again).isEmpty();
        }
    }

    @OnBothDatabases
    void of_several_missed_slots_the_newest_is_caught_up_once(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T15:00:00Z").news("One");
            press.at("2026-11-25T15:00:00Z").news("Two");

            List<Composed> caughtUp = press.at("2026-11-27T10:00:00Z").due("news", "daily");
            List<Composed> again = press.at("2026-11-27T10:01:00Z").due("news", "daily");

            assertThat(caughtUp).singleElement().satisfies(composed -> {
                assertThat(press.edition(composed).slot()).isEqualTo(Instant.parse("2026-11-27T06:00:00Z"));
                assertThat(press.got(composed, ada)).containsExactly("Two", "One");
            });
            assertThat(again).isEmpty();
        }
    }

    @OnBothDatabases
    void a_cadence_that_skips_drops_a_slot_missed_by_more_than_ten_minutes(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter(
                    "news", new CadenceDefinition("daily", "0 0 7 * * ?", Press.BERLIN, false, Missed.SKIP, 1)));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");

            List<Composed> missed = press.at("2026-11-24T06:11:00Z").due("news", "daily");
            List<Composed> next = press.at("2026-11-25T06:00:05Z").due("news", "daily");

            assertThat(missed).isEmpty();
            assertThat(next)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("One"));
        }
    }

    @OnBothDatabases
    void no_slot_is_due_from_before_the_newsletter_was_applied_or_enabled_again(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            List<Composed> atOnce = press.due("news", "daily");
            press.apply(Press.paused(Press.newsletter("news", Press.daily())));
            List<Composed> paused = press.at("2026-11-24T06:00:00Z").due("news", "daily");
            press.at("2026-11-24T09:00:00Z").news("Two");
            press.apply(Press.newsletter("news", Press.daily()));

            List<Composed> enabled = press.at("2026-11-24T09:00:01Z").due("news", "daily");
            List<Composed> next = press.at("2026-11-25T06:00:00Z").due("news", "daily");

            assertThat(atOnce).isEmpty();
            assertThat(paused).isEmpty();
            assertThat(enabled).isEmpty();
            // What was collected while it was paused is not lost.
            assertThat(next)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("Two", "One"));
        }
    }

    @OnBothDatabases
    void each_makes_one_edition_of_a_round_with_the_newest_articles_instant_as_its_slot(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.each()));
            SubscriberId ada = press.joins("ada@example.org", "news", "each");
            press.at("2026-11-23T13:00:00Z").news("One");
            press.at("2026-11-23T13:00:01Z").news("Two");

            List<Composed> round = press.at("2026-11-23T13:00:05Z").due("news", "each");
            List<Composed> again = press.at("2026-11-23T13:01:00Z").due("news", "each");
            press.at("2026-11-23T14:00:00Z").news("Three");
            List<Composed> next = press.at("2026-11-23T14:00:05Z").due("news", "each");

            assertThat(round).singleElement().satisfies(composed -> {
                assertThat(press.edition(composed).slot()).isEqualTo(Instant.parse("2026-11-23T13:00:01Z"));
                assertThat(press.got(composed, ada)).containsExactly("Two", "One");
            });
            assertThat(again).isEmpty();
            assertThat(next)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("Three"));
        }
    }

    @OnBothDatabases
    void nothing_new_is_looked_at_once_a_slot_and_loses_nothing(TestDatabase test) {
        try (Press press = new Press(test)) {
            CadenceDefinition two =
                    new CadenceDefinition("daily", "0 0 7 * * ?", Press.BERLIN, false, Missed.CATCH_UP, 2);
            press.apply(Press.newsletter("news", two));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");

            List<Composed> tooFew = press.at("2026-11-24T06:00:00Z").due("news", "daily");
            List<Composed> again = press.at("2026-11-24T06:05:00Z").due("news", "daily");
            press.news("Two");
            List<Composed> enough = press.at("2026-11-25T06:00:00Z").due("news", "daily");

            assertThat(tooFew).singleElement().satisfies(composed -> {
                assertThat(composed.outcome()).isEqualTo(Outcome.NOTHING_NEW);
                assertThat(composed.why()).contains("1 new, fewer than the cadence's minimum of 2");
            });
            assertThat(again).isEmpty();
            assertThat(enough)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ada)).containsExactly("Two", "One"));
        }
    }

    @OnBothDatabases
    void readers_of_each_zone_get_their_own_morning(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter(
                    "news", new CadenceDefinition("daily", "0 0 7 * * ?", null, true, Missed.CATCH_UP, 1)));
            SubscriberId tokyo = press.joins("ada@example.org", "news", "daily", "Asia/Tokyo");
            SubscriberId paris = press.joins("ben@example.org", "news", "daily", "Europe/Paris");
            SubscriberId berlin = press.joins("cleo@example.org", "news", "daily", "Europe/Berlin");
            press.news("One");

            Composed east = only(press.at("2026-11-23T22:00:00Z").due("news", "daily"));
            press.delivered(east);
            press.at("2026-11-23T23:00:00Z").news("Two");
            Composed west = only(press.at("2026-11-24T06:00:00Z").due("news", "daily"));
            press.delivered(west);
            Composed eastAgain = only(press.at("2026-11-24T22:00:00Z").due("news", "daily"));

            assertThat(press.got(east, tokyo)).containsExactly("One");
            assertThat(press.got(east, paris)).isEmpty();
            assertThat(press.got(west, paris)).containsExactly("Two", "One");
            assertThat(press.got(west, berlin)).containsExactly("Two", "One");
            assertThat(press.got(west, tokyo)).isEmpty();
            assertThat(press.got(eastAgain, tokyo)).containsExactly("Two");
        }
    }

    private static Composed only(List<Composed> composed) {
        assertThat(composed).hasSize(1);
        return composed.get(0);
    }
}
