package io.broadsheet.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ada@example.org | `` | ada@example.org",
                "Ada.Example+news@Example.ORG | `` | Ada.Example+news@example.org",
                "<ada@example.org> | `` | ada@example.org",
                "Ada Example <ada@example.org> | Ada Example | ada@example.org",
                "\"Example, Inc.\" <ada@example.org> | Example, Inc. | ada@example.org",
                "\"Ada \\\"the\\\" Example\" <ada@example.org> | Ada \"the\" Example | ada@example.org",
                "Þóra <thora@bücher.example> | Þóra | thora@xn--bcher-kva.example",
                "山田 <yamada@例え.example> | 山田 | yamada@xn--r8jz45g.example",
                "o'brien@sub.mail.example.org | `` | o'brien@sub.mail.example.org",
                "root@localhost | `` | root@localhost",
            })
    void one_mailbox_is_read(String text, String name, String address) {
        assertThat(Mailbox.parse(text)).isEqualTo(new Mailbox(name, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@example",
                "ada@exa mple.org",
                "a da@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..b@example.org",
                "ada@example..org",
                "ada@-example.org",
                "ada@example.org, bo@example.org",
                "ada@example.org;bo@example.org",
                "Ada <ada@example.org>, Bo <bo@example.org>",
                "ada@example.org (Ada)",
                "Ada (x) <ada@example.org>",
                "team: ada@example.org;",
                "<@relay.example:ada@example.org>",
                "\"a b\"@example.org",
                "ada@[192.0.2.1]",
                "ada@exa_mple.org",
                "þóra@example.org",
                "Ada <ada@example.org",
                "ada@example.org>",
                "ada@example.org\r\nBcc: eve@example.net",
                "Ada\n <ada@example.org>",
                "ada\u0000@example.org",
                "ada@@example.org",
                "Ada, Inc. <ada@example.org>",
                "Eve <eve@example.net> <ada@example.org>"
            })
    void anything_else_is_refused_with_the_mend(String text) {
        assertThatThrownBy(() -> Mailbox.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("; ")
                .hasMessageNotContaining("example.org");
    }

    @Test
    void an_address_without_end_is_told_before_any_pattern_is_tried_on_it() {
        assertThatThrownBy(() -> Mailbox.ofAddress("a.".repeat(30_000) + "a@example.org"))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> Mailbox.parse("a@" + "a.".repeat(30_000) + "example.org"))
                .isInstanceOf(UserError.class);
    }

    @Test
    void limits_are_those_of_smtp() {
        assertThat(Mailbox.parse("a".repeat(64) + "@example.org").domain()).isEqualTo("example.org");
        assertThatThrownBy(() -> Mailbox.parse("a".repeat(65) + "@example.org")).hasMessageContaining("64 octets");
        String domain = "d".repeat(60) + "." + "d".repeat(60) + "." + "d".repeat(60) + ".";
        assertThat(Mailbox.parse("a".repeat(60) + "@" + domain + "example.or").address())
                .hasSize(254);
        assertThatThrownBy(() -> Mailbox.parse("a".repeat(61) + "@" + domain + "example.or"))
                .hasMessageContaining("254 octets");
    }

    @Test
    void code_can_not_build_what_could_not_be_read() {
        assertThatThrownBy(() -> new Mailbox("a\nb", "ada@example.org")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("", "ada@example.org>\r\nRCPT TO:<eve@example.net"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
