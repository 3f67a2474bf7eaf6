package io.broadsheet.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import io.broadsheet.subscriber.Subscribe.Outcome;
import io.broadsheet.subscriber.Subscribe.Visitor;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import io.broadsheet.subscriber.Subscription.State;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;

/** How people come in and leave. */
class SubscribeTest {
    private static final Visitor VISITOR = new Visitor("192.0.2.7", "Example/1.0");

    @OnBothDatabases
    void who_asks_is_pending_until_they_confirm(TestDatabase test) {
        Readers readers = new Readers(test);

        readers.subscribe.request("news", "Ada@Example.org", VISITOR);
        State asked = readers.subscription("ada@example.org").state();
        readers.clock.advance(Duration.ofMinutes(5));
        Outcome confirmed = readers.subscribe
                .confirm(readers.confirmToken("ada@example.org"), VISITOR)
                .outcome();
        Outcome again = readers.subscribe
                .confirm(readers.confirmToken("ada@example.org"), VISITOR)
                .outcome();

        assertThat(asked).isEqualTo(State.PENDING);
        assertThat(readers.outbox()).hasSize(1);
        assertThat(confirmed).isEqualTo(Outcome.CONFIRMED);
        assertThat(again).isEqualTo(Outcome.ALREADY);
        Subscription active = readers.subscription("ada@example.org");
        assertThat(active.state()).isEqualTo(State.ACTIVE);
        assertThat(active.cadence()).isEqualTo("each");
        assertThat(active.joined()).isEqualTo(readers.clock.instant());
        assertThat(active.dueAfter()).isEqualTo(readers.clock.instant());
        ShowSubscriber.Shown shown = readers.showSubscriber.show("ada@example.org");
        assertThat(shown.email()).isEqualTo("Ada@example.org");
        assertThat(shown.consents())
                .extracting(ShowSubscriber.ShownConsent::what)
                .containsExactly("requested", "confirmed");
        assertThat(shown.consents().get(0).ip()).isEqualTo("192.0.2.7");
    }

    @OnBothDatabases
    void nobody_is_mailed_a_second_confirmation_within_the_hour(TestDatabase test) {
        Readers readers = new Readers(test);

        readers.subscribe.request("news", "ada@example.org", VISITOR);
        readers.clock.advance(Duration.ofMinutes(59));
        readers.subscribe.request("news", "ada@example.org", VISITOR);
        int within = readers.outbox().size();
        readers.clock.advance(Duration.ofMinutes(2));
        readers.subscribe.request("news", "ADA@example.org", VISITOR);

        assertThat(within).isEqualTo(1);
        assertThat(readers.outbox()).hasSize(2);
    }

    @OnBothDatabases
    void subscribers_and_suppressed_addresses_are_answered_alike_and_mailed_nothing(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.imports("email\nada@example.org\n");
        readers.suppress("ben@example.org");

        readers.subscribe.request("news", "ada@example.org", VISITOR);
        readers.subscribe.request("news", "ben@example.org", VISITOR);

        assertThat(readers.outbox()).isEmpty();
        assertThat(readers.subscription("ada@example.org").state()).isEqualTo(State.ACTIVE);
    }

    @OnBothDatabases
    void a_link_that_is_old_forged_or_meant_for_something_else_confirms_nothing(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.subscribe.request("news", "ada@example.org", VISITOR);
        String token = readers.confirmToken("ada@example.org");
        String forged = token.substring(0, 20) + (token.charAt(20) == 'A' ? 'B' : 'A') + token.substring(21);
        String other = readers.unsubscribeToken("ada@example.org");

        Outcome asForged = readers.subscribe.confirm(forged, VISITOR).outcome();
        Outcome asOther = readers.subscribe.confirm(other, VISITOR).outcome();
        Outcome asNonsense = readers.subscribe.confirm("%%", VISITOR).outcome();
        Outcome looked = readers.subscribe.look(token).outcome();
        readers.clock.advance(Subscribe.CONFIRMATION_LASTS);
        Outcome asOld = readers.subscribe.confirm(token, VISITOR).outcome();

        assertThat(asForged).isEqualTo(Outcome.UNKNOWN);
        assertThat(asOther).isEqualTo(Outcome.UNKNOWN);
        assertThat(asNonsense).isEqualTo(Outcome.UNKNOWN);
        assertThat(looked).isEqualTo(Outcome.CONFIRMED);
        assertThat(asOld).isEqualTo(Outcome.EXPIRED);
        assertThat(readers.subscription("ada@example.org").state()).isEqualTo(State.PENDING);
    }

    @OnBothDatabases
    void an_unsubscribe_works_for_ever_and_twice_and_an_old_confirmation_does_not_undo_it(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.subscribe.request("news", "ada@example.org", VISITOR);
        String confirm = readers.confirmToken("ada@example.org");
        readers.subscribe.confirm(confirm, VISITOR);
        String token = readers.unsubscribeToken("ada@example.org");
        readers.clock.advance(Duration.ofDays(1));

        boolean shown = readers.unsubscribe.look(token).isPresent();
        State looked = readers.subscription("ada@example.org").state();
        boolean ended = readers.unsubscribe.byToken(token, VISITOR).isPresent();
        boolean again = readers.unsubscribe.byToken(token, VISITOR).isPresent();
        Outcome undo = readers.subscribe.confirm(confirm, VISITOR).outcome();

        assertThat(shown && ended && again).isTrue();
        assertThat(looked).isEqualTo(State.ACTIVE);
        assertThat(undo).isEqualTo(Outcome.EXPIRED);
        assertThat(readers.subscription("ada@example.org").endedWhy()).isEqualTo(EndedWhy.UNSUBSCRIBED);
        assertThat(readers.showSubscriber.show("ada@example.org").consents())
                .extracting(ShowSubscriber.ShownConsent::what)
                .containsExactly("requested", "confirmed", "withdrawn");
        assertThat(readers.unsubscribe.byToken(confirm, VISITOR)).isEmpty();
    }

    @OnBothDatabases
    void an_admin_adds_with_evidence_at_once_and_without_by_a_confirmation(TestDatabase test) {
        Readers readers = new Readers(test);

        State proved = readers.addSubscriber
                .add(AddSubscriber.Request.of("ada@example.org", "news", "daily", "signed a card"))
                .state();
        State asked = readers.addSubscriber
                .add(AddSubscriber.Request.of("ben@example.org", "news", null, null))
                .state();

        assertThat(proved).isEqualTo(State.ACTIVE);
        assertThat(readers.subscription("ada@example.org").dueAfter()).isEqualTo(Instant.parse("2026-11-24T07:00:00Z"));
        assertThat(asked).isEqualTo(State.PENDING);
        assertThat(readers.outbox())
                .extracting(OutboxStore.Confirmation::subscriber)
                .containsExactly(readers.id("ben@example.org"));
    }

    @OnBothDatabases
    void what_cannot_be_is_said_with_its_mend(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.suppress("ada@example.org");

        assertThatThrownBy(() -> add(readers, "ada@example.org", "news", null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("must not be mailed (bounce");
        assertThatThrownBy(() -> add(readers, "ben@example.org", "new", null))
                .hasMessageContaining("did you mean 'news'?");
        assertThatThrownBy(() -> add(readers, "ben@example.org", "news", "dayly"))
                .hasMessageContaining("did you mean 'daily'?");
        assertThatThrownBy(() -> readers.subscribe.request("news", "ada@example.org\r\nBcc: x@example.org", VISITOR))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> readers.removeSubscriber.remove("cleo@example.org", null))
                .hasMessageContaining("no subscriber has this address");
    }

    private static AddSubscriber.Added add(Readers readers, String email, String newsletter, String cadence) {
        return readers.addSubscriber.add(AddSubscriber.Request.of(email, newsletter, cadence, "signed a card"));
    }
}
