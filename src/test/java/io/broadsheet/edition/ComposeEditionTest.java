package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 2: a reader gets an article once; and what each reader is due. */
class ComposeEditionTest {
    @OnBothDatabases
    void a_reader_who_changes_nothing_gets_each_article_in_one_edition(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");

            Composed first = press.send("news", null);
            press.delivered(first);
            press.at("2026-11-23T14:00:00Z").news("Two");
            Composed second = press.send("news", null);
            press.delivered(second);
            Composed third = press.at("2026-11-23T14:30:00Z").send("news", null);

            assertThat(press.got(first, ada)).containsExactly("One");
            assertThat(press.got(second, ada)).containsExactly("Two");
            assertThat(third.outcome()).isEqualTo(Outcome.NOTHING_NEW);
            assertThat(press.edition(third).state()).isEqualTo(Edition.State.NOTHING_NEW);
        }
    }

    @OnBothDatabases
    void by_hand_and_by_slot_never_give_a_reader_the_same_article(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily(), Press.each()));
            SubscriberId daily = press.joins("ada@example.org", "news", "daily");
            SubscriberId each = press.joins("ben@example.org", "news", "each");
            press.at("2026-11-23T13:00:00Z").news("One");
            Composed round = press.due("news", "each").get(0);

            // Nothing is delivered yet: what is on its way counts.
            Composed byHand = press.at("2026-11-23T13:30:00Z").send("news", null);
            press.at("2026-11-23T15:00:00Z").news("Two");
            Composed slot =
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0);

            assertThat(press.got(round, each)).containsExactly("One");
            assertThat(press.got(byHand, each)).isEmpty();
            assertThat(press.got(byHand, daily)).containsExactly("One");
            assertThat(press.got(slot, daily)).containsExactly("Two");
        }
    }

    @OnBothDatabases
    void two_newsletters_that_overlap_share_a_readers_memory(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.apply(Press.newsletter("city", Press.daily()));
            SubscriberId both = press.joins("ada@example.org", "news", "daily");
            press.joins("ada@example.org", "city", "daily");
            SubscriberId one = press.joins("ben@example.org", "city", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");

            Composed news =
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0);
            Composed city = press.due("city", "daily").get(0);

            assertThat(press.got(news, both)).containsExactly("One");
            assertThat(press.got(city, both)).isEmpty();
            assertThat(press.got(city, one)).containsExactly("One");
        }
    }

    @OnBothDatabases
    void who_joins_late_is_due_what_came_since_the_newest_slot_of_their_cadence(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.each(), Press.daily(), Press.weekly()));
            press.at("2026-11-23T13:00:00Z").news("Monday");
            press.at("2026-11-24T05:00:00Z").news("Early Tuesday");
            press.at("2026-11-24T07:00:00Z").news("Tuesday");
            press.at("2026-11-24T08:00:00Z");
            SubscriberId each = press.joins("ada@example.org", "news", "each");
            SubscriberId daily = press.joins("ben@example.org", "news", "daily");
            SubscriberId weekly = press.joins("cleo@example.org", "news", "weekly");
            press.at("2026-11-24T09:00:00Z").news("Later");

            Composed round = press.due("news", "each").get(0);
            Composed day = press.at("2026-11-25T06:00:00Z").due("news", "daily").get(0);
            Composed week =
                    press.at("2026-11-30T07:00:00Z").due("news", "weekly").get(0);

            assertThat(press.got(round, each)).containsExactly("Later");
            assertThat(press.got(day, daily)).containsExactly("Later", "Tuesday");
            assertThat(press.got(week, weekly)).containsExactly("Later", "Tuesday", "Early Tuesday", "Monday");
        }
    }

    @OnBothDatabases
    void who_joins_between_two_editions_gets_no_older_article_than_theirs(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            press.delivered(
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0));
            SubscriberId ben = press.at("2026-11-24T10:00:00Z").joins("ben@example.org", "news", "daily");
            press.at("2026-11-24T11:00:00Z").news("Two");

            Composed next =
                    press.at("2026-11-25T06:00:00Z").due("news", "daily").get(0);

            assertThat(press.got(next, ada)).containsExactly("Two");
            assertThat(press.got(next, ben)).containsExactly("Two");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "queued, false",
        "deferred, false",
        "accepted, false",
        "unknown, false",
        "held, false",
        "refused, true",
        "suppressed, true",
        "cancelled, true",
    })
    void what_never_reached_a_reader_is_due_again_and_nothing_else(String state, boolean dueAgain) {
        // The rule is one SQL list; one database shows it.
        try (TestDatabase test = TestDatabase.sqlite();
                Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");
            press.delivered(press.send("news", null), state);
            press.at("2026-11-23T14:00:00Z").news("Two");

            Composed next =
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0);
            Composed byHand = press.at("2026-11-24T06:00:00Z").send("news", null);

            assertThat(press.got(next, ada)).isEqualTo(dueAgain ? List.of("Two", "One") : List.of("Two"));
            assertThat(press.got(byHand, ada)).isEmpty();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @OnBothDatabases
    void a_refused_article_comes_again_by_hand_and_a_month_later_no_more(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.at("2026-11-23T13:00:00Z").news("One");
            press.delivered(press.send("news", null), "refused");

            Composed again = press.at("2026-11-23T14:00:00Z").send("news", null);
            press.delivered(again, "refused");
            Composed late = press.at("2026-12-24T14:00:00Z").send("news", null);

            assertThat(press.got(again, ada)).containsExactly("One");
            assertThat(late.outcome()).isEqualTo(Outcome.NOTHING_NEW);
        }
    }

    @OnBothDatabases
    void the_newest_articles_are_shown_and_the_rest_counts_as_had(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.with(Press.newsletter("news", Press.daily()), 2, "$edition.articles.size()", false));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            for (String title : List.of("One", "Two", "Three")) {
                press.clock.advance(Duration.ofMinutes(1));
                press.news(title);
            }

            Composed first = press.send("news", null);
            press.delivered(first);
            press.clock.advance(Duration.ofMinutes(1));
            Composed second = press.send("news", null);

            assertThat(press.shown(first, ada)).containsExactly("Three", "Two");
            assertThat(press.got(first, ada)).containsExactly("Three", "Two", "One");
            assertThat(press.edition(first).subject()).isEqualTo("2");
            assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_NEW);
        }
    }

    @OnBothDatabases
    void the_back_catalogue_is_mailed_only_when_asked_for_and_the_message_says_so(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("press", "Old", null);
            press.at("2026-11-23T12:00:01Z").news("press", "Less old", null);

            Composed without = press.send("news", null);
            Composed with = press.at("2026-11-23T12:01:00Z").send("news", null, 1);
            press.delivered(with);
            Composed again = press.at("2026-11-23T12:02:00Z").send("news", null, 1);

            assertThat(without.outcome()).isEqualTo(Outcome.NOTHING_NEW);
            assertThat(without.why()).contains("back catalogue").contains("--backlog");
            assertThat(press.got(with, ada)).containsExactly("Less old");
            assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_NEW);
        }
    }

    @OnBothDatabases
    void nobody_pending_gone_or_suppressed_is_a_recipient(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            press.joins("ben@example.org", "news", "daily");
            press.database.writing(tx -> {
                press.people
                        .suppressions()
                        .add(
                                tx,
                                new Suppression(
                                        "ada@example.org", Suppression.Why.BOUNCE, press.clock.instant(), null));
                tx.update("update subscription set state = 'ended' where subscriber_id = :ben")
                        .bind("ben", id(press, tx, "ben@example.org").value())
                        .execute();
            });
            press.news("One");

            Composed composed = press.send("news", null);

            assertThat(composed.outcome()).isEqualTo(Outcome.NOTHING_NEW);
            assertThat(composed.recipients()).isZero();
        }
    }

    private static SubscriberId id(Press press, Tx tx, String email) {
        return press.people
                .subscribers()
                .find(tx, Address.of(email))
                .orElseThrow()
                .id();
    }

    @OnBothDatabases
    void readers_with_one_list_and_language_share_a_variant(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            for (int reader = 0; reader < 10; reader++) {
                press.joins("reader" + reader + "@example.org", "news", "daily");
            }
            press.news("One");

            Composed composed = press.send("news", null);

            assertThat(composed.recipients()).isEqualTo(10);
            VariantStore.Extent extent =
                    press.database.read(tx -> press.stores.variants().extent(tx, composed.edition()));
            assertThat(extent).isEqualTo(new VariantStore.Extent(1, 1));
        }
    }

    @OnBothDatabases
    void a_paused_newsletter_is_not_sent_by_hand(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.paused(Press.newsletter("news", Press.daily())));

            assertThatThrownBy(() -> press.send("news", null))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("paused");
        }
    }

    @OnBothDatabases
    void a_template_that_fails_mails_nobody_and_is_tried_again_once_mended(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.with(Press.newsletter("news", Press.daily()), 50, "$nonsense", false));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");

            assertThatThrownBy(() -> press.send("news", null)).isInstanceOf(UserError.class);
            EditionId left = press.database
                    .read(tx -> press.stores.editions().unfinished(tx))
                    .get(0)
                    .id();
            assertThatThrownBy(() -> press.composeEdition.resume(left, Progress.NONE))
                    .isInstanceOf(UserError.class);
            press.apply(Press.newsletter("news", Press.daily()));
            List<Composed> resumed = press.composeEdition.resume(Progress.NONE);

            assertThat(resumed).singleElement().satisfies(composed -> {
                assertThat(composed.outcome()).isEqualTo(Outcome.SENDING);
                assertThat(press.got(composed, ada)).containsExactly("One");
            });
        }
    }

    @OnBothDatabases
    void a_newsletter_whose_template_fails_keeps_no_other_waiting(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.with(Press.newsletter("broken", Press.daily()), 50, "$nonsense", false));
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "broken", "daily");
            SubscriberId ben = press.joins("ben@example.org", "news", "daily");
            press.news("One");
            press.at("2026-11-24T06:00:00Z");

            assertThatThrownBy(() -> press.due("broken", "daily")).isInstanceOf(UserError.class);
            List<Composed> news = press.due("news", "daily");

            assertThat(news)
                    .singleElement()
                    .satisfies(composed -> assertThat(press.got(composed, ben)).containsExactly("One"));
        }
    }

    @OnBothDatabases
    void a_preview_says_what_would_go_to_how_many_and_writes_nothing_down(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            press.joins("ben@example.org", "news", "daily");
            press.news("One");
            PreviewEdition previewEdition = new PreviewEdition(
                    press.database, press.clock, press.ids, press.stores, press.letters, Press.SITE.timeZone());

            PreviewEdition.Preview preview =
                    previewEdition.preview(PreviewEdition.Request.of("news", null), Progress.NONE);
            PreviewEdition.Written written =
                    previewEdition.write(preview, test.home().resolve("out"));

            assertThat(preview.recipients()).isEqualTo(2);
            assertThat(preview.variants()).isEqualTo(1);
            assertThat(preview.articles()).extracting(ArticleView::title).containsExactly("One");
            assertThat(preview.mail().subject()).isEqualTo("Example News: 1 new");
            assertThat(written.eml()).content().contains("List-Unsubscribe: <https://news.example.org/u/");
            long editions = press.database.read(tx ->
                    tx.query("select count(*) from edition").mapTo(Long.class).one());
            assertThat(editions).isZero();
        }
    }

    @OnBothDatabases
    void a_delivery_has_one_message_id_for_ever(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            press.news("One");
            Composed composed = press.send("news", null);
            var variant = press.database
                    .read(tx -> press.stores.variants().first(tx, composed.edition()))
                    .orElseThrow();
            var subscriber = press.database
                    .read(tx -> press.people.subscribers().find(tx, ada))
                    .orElseThrow();

            var first = press.letters.message(composed.edition(), variant, subscriber);
            press.clock.set(Instant.parse("2026-11-25T00:00:00Z"));
            var again = press.letters.message(composed.edition(), variant, subscriber);

            assertThat(again.messageId()).isEqualTo(first.messageId()).endsWith("@news.example.org>");
            assertThat(first.envelopeTo()).isEqualTo("ada@example.org");
        }
    }
}
