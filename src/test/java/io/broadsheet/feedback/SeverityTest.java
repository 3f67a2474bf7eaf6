package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 no such user | hard",
                "550 5.1.2 bad domain | hard",
                "553 5.1.3 bad syntax | hard",
                "556 5.1.10 null MX | hard",
                "550 5.1.0 sender rejected | policy",
                "550 5.1.0 user unknown | hard",
                "550 5.1.6 moved | soft",
                "550 5.1.8 bad sender | policy",
                "550 user unknown | hard",
                "551 user not local | soft",
                "550 go away | soft",
                "552 5.2.2 full | soft",
                "550 5.2.1 mailbox disabled | soft",
                "552 mailbox full | soft",
                "554 5.3.2 not accepting | soft",
                "554 5.4.6 loop | soft",
                "550 5.5.1 bad command | policy",
                "554 5.6.0 bad content | policy",
                "550 5.7.1 user unknown in our policy | policy",
                "550 5.7.515 not authenticated | policy",
                "554 blocked as spam | policy",
                "gave up after 2d: 452 4.2.2 full | soft",
                "gave up after 2d: 450 4.1.1 unverified | soft",
                "gave up after 2d: 421 4.7.28 slow down | policy",
                "gave up after 2d: 450 5.1.1 later | soft",
                "connect to 10.5.1.1 failed | soft",
                "'' | soft"
            })
    void a_reply_says_what_it_says(String reply, String severity) {
        assertThat(Severity.of(null, reply).word()).isEqualTo(severity);
    }
}
