package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.RetractArticle;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Composed.Outcome;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Who was mailed an article that is then retracted is told so, once. */
class RetractionNoticeTest {
    private static final long DEAD_NODE = 4_711;
    private static final String NOTE = "The figures were those of another year & wrong.";

    @OnBothDatabases
    void the_next_edition_tells_what_was_taken_back_and_the_one_after_it_does_not(TestDatabase test) throws Exception {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Fares <halve>");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, NOTE);
            press.news("Two");

            Composed next = press.send("news", null);
            press.delivered(next);
            press.at("2026-11-25T09:00:00Z").news("Three");
            Composed afterwards = press.send("news", null);

            Mail mail = mail(press, next, ada);
            assertThat(mail.html())
                    .containsOnlyOnce("Fares &lt;halve&gt;")
                    .contains("Mailed on", "November 23, 2026", "The figures were those of another year &amp; wrong.")
                    .doesNotContain("https://press.example.org/" + wrong);
            assertThat(mail.text())
                    .containsOnlyOnce("Fares <halve>")
                    .contains("Mailed on November 23, 2026, and taken back since.\n" + NOTE + "\n")
                    .doesNotContain("https://press.example.org/" + wrong);
            assertThat(mail(press, afterwards, ada).html())
                    .contains("Three")
                    .doesNotContain("Fares", "Retracted", "Mailed on");
            assertThat(mail(press, afterwards, ada).text()).contains("Three").doesNotContain("Fares", "Retracted");
        }
    }

    @OnBothDatabases
    void what_was_never_mailed_is_not_told(TestDatabase test) throws Exception {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.apply(Press.newsletter("city", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            SubscriberId ben = press.joins("ben@example.org", "city", "daily");
            ArticleId refused = press.at("2026-11-23T13:00:00Z").news("Refused");
            press.delivered(press.send("news", null), "refused");
            ArticleId unsent = press.at("2026-11-23T14:00:00Z").news("Unsent");
            retract(press, refused, NOTE);
            retract(press, unsent, NOTE);
            ArticleId cityOnly = press.at("2026-11-23T15:00:00Z").news("In one");
            press.delivered(press.send("city", null));
            retract(press.at("2026-11-23T16:00:00Z"), cityOnly, null);
            press.news("Later");

            Composed news = press.send("news", null);
            Composed city = press.send("city", null);

            assertThat(told(press, news)).isEmpty();
            assertThat(mail(press, news, ada).html()).contains("Later").doesNotContain("Retracted");
            assertThat(told(press, city)).containsExactly("In one");
            assertThat(mail(press, city, ben).html()).contains("In one").contains("Retracted");
        }
    }

    @OnBothDatabases
    void what_was_beyond_the_maximum_was_not_mailed_and_is_not_told(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.with(Press.newsletter("news", Press.daily()), 1, "News", false));
            press.joins("ada@example.org", "news", "daily");
            ArticleId beyond = press.at("2026-11-23T13:00:00Z").news("Beyond");
            ArticleId shown = press.at("2026-11-23T13:10:00Z").news("Shown");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), beyond, null);
            retract(press, shown, null);
            press.news("Two");

            Composed next = press.send("news", null);

            assertThat(told(press, next)).containsExactly("Shown");
        }
    }

    @OnBothDatabases
    void a_notice_alone_makes_no_edition_and_waits_for_the_next(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, null);

            Composed nothing = press.send("news", null);
            press.at("2026-11-25T09:00:00Z").news("Two");
            Composed next = press.send("news", null);

            assertThat(nothing.outcome()).isEqualTo(Outcome.NOTHING_NEW);
            assertThat(told(press, next)).containsExactly("Wrong");
        }
    }

    @OnBothDatabases
    void readers_of_each_cadence_that_had_it_are_told_once(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.each(), Press.daily(), Press.weekly()));
            press.joins("ada@example.org", "news", "each");
            press.joins("ben@example.org", "news", "daily");
            press.joins("cleo@example.org", "news", "weekly");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.due("news", "each").get(0));
            press.delivered(
                    press.at("2026-11-24T06:00:00Z").due("news", "daily").get(0));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, NOTE);
            press.at("2026-11-24T10:00:00Z").news("Two");

            Composed each = press.due("news", "each").get(0);
            Composed daily =
                    press.at("2026-11-25T06:00:00Z").due("news", "daily").get(0);
            Composed weekly =
                    press.at("2026-11-30T07:00:00Z").due("news", "weekly").get(0);
            press.at("2026-11-30T08:00:00Z").news("Three");
            Composed byHand = press.send("news", null);

            assertThat(told(press, each)).containsExactly("Wrong");
            assertThat(told(press, daily)).containsExactly("Wrong");
            assertThat(told(press, weekly)).isEmpty();
            assertThat(told(press, byHand)).isEmpty();
        }
    }

    @OnBothDatabases
    void an_edition_composed_again_after_a_kill_tells_the_same(TestDatabase test) throws Exception {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            SubscriberId ada = press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-23T14:00:00Z"), wrong, NOTE);
            press.news("Two");
            press.at("2026-11-24T06:00:00Z");
            ComposeRequest request = ComposeRequest.scheduled("news", "daily", Instant.parse("2026-11-24T06:00:00Z"));

            assertThatThrownBy(() -> press.composing(dying()).compose(request, Progress.NONE))
                    .hasMessage("killed");
            EditionId left = press.database.read(tx -> new EditionId(
                    tx.query("select max(id) from edition").mapTo(Long.class).one()));
            List<Retraction> before =
                    press.database.read(tx -> press.stores.retractions().of(tx, left));
            press.database.writing(tx -> tx.update("update edition set node_id = :dead where id = :id")
                    .bind("dead", DEAD_NODE)
                    .bind("id", left.value())
                    .execute());
            Composed again = press.composeEdition.compose(request, Progress.NONE);
            press.delivered(again);
            press.at("2026-11-25T05:00:00Z").news("Three");
            Composed afterwards =
                    press.at("2026-11-25T06:00:00Z").due("news", "daily").get(0);

            assertThat(before).extracting(Retraction::title).containsExactly("Wrong");
            assertThat(again.edition()).isEqualTo(left);
            assertThat(press.database.<List<Retraction>>read(
                            tx -> press.stores.retractions().of(tx, left)))
                    .isEqualTo(before);
            assertThat(mail(press, again, ada).html()).containsOnlyOnce("Wrong").contains("another year");
            assertThat(told(press, afterwards)).isEmpty();
        }
    }

    @OnBothDatabases
    void what_a_cancelled_edition_would_have_told_the_next_one_tells(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, null);
            press.news("Two");
            Composed cancelled = press.send("news", null);
            press.database.writing(tx -> {
                tx.update("update delivery set state = 'cancelled' where edition_id = :edition")
                        .bind("edition", cancelled.edition().value())
                        .execute();
                press.stores
                        .editions()
                        .move(
                                tx,
                                cancelled.edition(),
                                Edition.State.SENDING,
                                Edition.State.CANCELLED,
                                press.clock.instant());
            });

            Composed next = press.at("2026-11-24T10:00:00Z").send("news", null);

            assertThat(told(press, next)).containsExactly("Wrong");
        }
    }

    @OnBothDatabases
    void what_an_edition_told_that_reached_nobody_the_next_one_tells_again(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, null);
            press.news("Two");
            Composed refused = press.send("news", null);
            press.delivered(refused, "refused");

            Composed next = press.at("2026-11-24T10:00:00Z").send("news", null);
            press.news("Three");
            Composed whileUnderWay = press.at("2026-11-24T11:00:00Z").send("news", null);

            assertThat(told(press, refused)).containsExactly("Wrong");
            assertThat(told(press, next)).containsExactly("Wrong");
            assertThat(told(press, whileUnderWay)).isEmpty();
        }
    }

    @OnBothDatabases
    void an_edition_that_went_on_a_little_before_it_was_cancelled_has_told(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, null);
            press.news("Two");
            Composed cut = press.send("news", null);
            press.database.writing(tx -> {
                tx.update("update delivery set state = 'accepted' where edition_id = :edition")
                        .bind("edition", cut.edition().value())
                        .execute();
                press.stores
                        .editions()
                        .move(tx, cut.edition(), Edition.State.SENDING, Edition.State.CANCELLED, press.clock.instant());
            });
            press.news("Three");

            Composed next = press.at("2026-11-24T10:00:00Z").send("news", null);

            assertThat(told(press, next)).isEmpty();
        }
    }

    @OnBothDatabases
    void who_lost_an_edition_writes_no_notice_into_it(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T05:00:00Z"), wrong, null);
            press.news("Two");
            press.at("2026-11-24T06:00:00Z");

            Composed lost = press.composeEdition.compose(
                    ComposeRequest.scheduled("news", "daily", Instant.parse("2026-11-24T06:00:00Z")),
                    new TakenOver(press));

            assertThat(lost.outcome()).isEqualTo(Outcome.IN_PROGRESS);
            assertThat(press.database.<List<Retraction>>read(
                            tx -> press.stores.retractions().of(tx, lost.edition())))
                    .isEmpty();
        }
    }

    @OnBothDatabases
    void a_preview_shows_what_would_be_told_and_writes_nothing_down(TestDatabase test) {
        try (Press press = new Press(test)) {
            press.apply(Press.newsletter("news", Press.daily()));
            press.joins("ada@example.org", "news", "daily");
            ArticleId wrong = press.at("2026-11-23T13:00:00Z").news("Wrong");
            press.delivered(press.send("news", null));
            retract(press.at("2026-11-24T09:00:00Z"), wrong, NOTE);
            press.news("Two");
            PreviewEdition preview = new PreviewEdition(
                    press.database, press.clock, press.ids, press.stores, press.letters, Press.SITE.timeZone());

            RenderedMail shown = preview.preview(PreviewEdition.Request.of("news", "daily"), Progress.NONE)
                    .mail();

            assertThat(shown.text()).contains("Retracted\n\nWrong\nMailed on November 23, 2026");
            assertThat(told(press, press.send("news", null))).containsExactly("Wrong");
        }
    }

    private static void retract(Press press, ArticleId article, @Nullable String note) {
        new RetractArticle(press.database, press.clock, press.ids, press.articles).retract(article, note);
    }

    private static List<String> told(Press press, Composed composed) {
        assertThat(composed.outcome()).isEqualTo(Outcome.SENDING);
        return press.database.read(tx -> press.stores.retractions().of(tx, composed.edition())).stream()
                .map(Retraction::title)
                .toList();
    }

    private record Mail(String html, String text) {}

    private static Mail mail(Press press, Composed composed, SubscriberId reader)
            throws MessagingException, IOException {
        VariantId variant = press.database.read(tx -> new VariantId(
                tx.query("select variant_id from delivery where edition_id = :edition and subscriber_id = :reader")
                        .bind("edition", composed.edition().value())
                        .bind("reader", reader.value())
                        .mapTo(Long.class)
                        .one()));
        Subscriber subscriber = press.database.read(
                tx -> press.stores.subscribers().find(tx, reader).orElseThrow());
        byte[] bytes =
                press.letters.message(composed.edition(), variant, subscriber).bytes();
        MimeMultipart parts = (MimeMultipart)
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)).getContent();
        return new Mail(
                parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"),
                parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"));
    }

    /** Another process takes the edition over before its readers are looked at. */
    private record TakenOver(Press press) implements Progress {
        @Override
        public void total(long total) {
            press.database.writing(tx -> tx.update("update edition set node_id = :other where state = 'composing'")
                    .bind("other", DEAD_NODE)
                    .execute());
        }

        @Override
        public void done(long done) {}

        @Override
        public void note(String note) {}
    }

    /** Dies when the first page of readers is written down. */
    private static Queue dying() {
        return new Queue() {
            @Override
            public void add(Tx tx, EditionId edition, List<Recipient> recipients) {
                throw new IllegalStateException("killed");
            }

            @Override
            public int drop(Tx tx, EditionId edition, int limit) {
                return 0;
            }
        };
    }
}
