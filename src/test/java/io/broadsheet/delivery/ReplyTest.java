package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.delivery.Reply.Phase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static Reply of(String line) {
        return Reply.of(Integer.parseInt(line.substring(0, 3)), line, Phase.DOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 4.7.28 Gmail has detected an unusual rate of unsolicited mail",
                "421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume or user complaints",
                "451 4.7.650 The mail server has been temporarily rate limited due to IP reputation",
                "421 4.7.0 Try again later, closing connection",
                "450 4.2.1 The user you are trying to contact is receiving mail at an unusual rate",
                "452 4.3.1 Too many messages, slow down"
            })
    void who_asks_to_be_sent_less_is_understood(String line) {
        assertThat(of(line).isSlowDown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "451 4.7.1 Greylisting in action, please come back later",
                "450 4.7.0 Greylisted",
                "452 4.2.2 Mailbox full",
                "451 4.7.1 Please try again later",
                "421 4.3.2 Service shutting down",
                "250 2.0.0 OK rate limit not exceeded",
                "550 5.7.1 rate limit"
            })
    void what_concerns_one_message_slows_nobody_down(String line) {
        assertThat(of(line).isSlowDown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.515 Access denied, sending domain does not meet the required authentication level",
                "550 5.7.26 This mail has been blocked because the sender is unauthenticated",
                "554 5.7.1 Service unavailable; client host blocked",
                "530 5.7.0 Authentication required",
                "530 Must issue a STARTTLS command first"
            })
    void a_refusal_for_what_we_are_is_told_from_one_for_the_reader(String line) {
        assertThat(of(line).isNotWelcome()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 No such user",
                "552 5.2.2 Mailbox full",
                "550 5.7.17 Mailbox owner has changed",
                "421 4.7.28 Slow down",
                "550 No such user here"
            })
    void other_refusals_are_not(String line) {
        assertThat(of(line).isNotWelcome()).isFalse();
    }
}
