package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    @Test
    void a_mailbox_with_a_name_is_taken_apart() {
        Mailbox mailbox = Mailbox.of("Example Newsroom <news@News.Example.org>");

        assertThat(mailbox).isEqualTo(new Mailbox("Example Newsroom", "news@news.example.org"));
        assertThat(mailbox.domain()).isEqualTo("news.example.org");
    }

    @Test
    void quotes_around_a_name_are_not_part_of_it() {
        assertThat(Mailbox.of("\"Example, \\\"the\\\" Newsroom\" <news@example.org>")
                        .name())
                .isEqualTo("Example, \"the\" Newsroom");
    }

    @Test
    void a_domain_in_another_script_is_written_in_ascii() {
        assertThat(Mailbox.of("post@bücher.example").address()).isEqualTo("post@xn--bcher-kva.example");
    }

    @Test
    void what_was_read_reads_the_same_again() {
        Mailbox mailbox = Mailbox.of("\"News, weekly\" <news@example.org>");

        assertThat(Mailbox.of(mailbox.toString())).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "news",
                "@example.org",
                "news@",
                "news@-example.org",
                "news@example..org",
                "a b@example.org",
                "News <news@example.org",
                "a@example.org, b@example.org",
                "News <a@example.org>\r\nBcc: b@example.org",
                ".news@example.org",
                "news@[127.0.0.1]"
            })
    void what_is_not_one_mailbox_is_refused(String text) {
        assertThatThrownBy(() -> Mailbox.of(text)).isInstanceOf(UserError.class);
    }
}
