package io.broadsheet.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class CronTest {
    private static final LocalDateTime FROM = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final int SLOTS = 40;
    private static final int LAST_YEAR = 2095;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0 0 25 * * ?    | hour must be 0 to 23",
                "0 60 7 * * ?    | minute must be 0 to 59",
                "61 0 7 * * ?    | second must be 0 to 59",
                "0 0 7 32 * ?    | day of month must be 1 to 31, L, LW or 15W",
                "0 0 7 1-40 * ?  | day of month must be 1 to 31, L, LW or 15W",
                "0 0 7 * 13 ?    | month must be 1 to 12 or JAN to DEC",
                "0 0 7 * FOO ?   | month must be 1 to 12 or JAN to DEC",
                "0 0 7 ? * 8     | day of week must be 1 (Sunday) to 7 or SUN to SAT, MON#1 or 6L",
                "0 0 7 ? * MOO   | day of week must be 1 (Sunday) to 7 or SUN to SAT, MON#1 or 6L",
                "0 0 7 * * ? 1960 | year must be 1970 to 2099",
                "0 0 7 * * *     | one of day of month and day of week must be '?'",
                "0 0 7 ? * ?     | day of month and day of week are both '?'; give one of them",
                "0 0 7 30 2 ?    | names no day that ever comes",
                "0 0 22-2 * * ?  | hour '22-2' falls; write two rising ranges, such as 22-23,0-2",
                "0 7 * * *       | has 5 fields; write second, minute, hour, day of month, month, day of week (put '0' in front for the second, and '?' for one of the two days)",
                "@daily          | has 1 fields; write second, minute, hour, day of month, month, day of week"
            })
    void a_wrong_expression_is_told_by_its_field(String expression, String what) {
        assertThatThrownBy(() -> Cron.of(expression))
                .isInstanceOf(UserError.class)
                .hasMessage("cron '" + expression + "': " + what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 7 * * ?",
                "0 0 7 ? * MON",
                "0 0 7 ? * 2",
                "0 0 7 ? * MON-FRI",
                "0 0 7 ? * SAT,SUN",
                "0 0 7 ? * 1-5",
                "0 0 7 L * ?",
                "0 0 7 LW * ?",
                "0 0 7 L-3 * ?",
                "0 0 7 15W * ?",
                "0 0 7 ? * 6#3",
                "0 0 7 ? * 6L",
                "0 0 7 ? * FRI#2",
                "0 0 7 29 2 ?",
                "0 0 7 31 * ?",
                "0 0 7 1,15 * ?",
                "0 0 7 1/5 * ?",
                "0 0 7 ? 1,6 2#1",
                "0 0/15 6-20/2 * * ?",
                "0 30 6,18 ? JAN-MAR MON,WED",
                "15 0 0 * * ? 2027-2030"
            })
    void the_times_are_those_that_quartz_names_and_the_same_backwards(String expression) throws Exception {
        Cron cron = Cron.of(expression);
        CronExpression quartz = new CronExpression(expression);
        quartz.setTimeZone(TimeZone.getTimeZone("UTC"));

        LocalDateTime at = FROM;
        Optional<LocalDateTime> previous = Optional.empty();
        for (int slot = 0; slot < SLOTS; slot++) {
            Date theirs =
                    quartz.getNextValidTimeAfter(Date.from(at.minusSeconds(1).toInstant(ZoneOffset.UTC)));
            Optional<LocalDateTime> ours = cron.firstFrom(at);
            assertThat(ours)
                    .as("slot %s of %s", slot, expression)
                    .isEqualTo(Optional.ofNullable(theirs)
                            .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC)));
            if (ours.isEmpty() || ours.get().getYear() > LAST_YEAR) {
                break; // the library knows no year after 2099
            }
            if (previous.isPresent()) {
                assertThat(cron.lastBefore(ours.get()))
                        .as("before slot %s", slot)
                        .isEqualTo(previous);
            }
            previous = ours;
            at = ours.get().plusSeconds(1);
        }
    }

    @Test
    void a_year_that_has_passed_is_no_error_for_it_once_came() {
        assertThat(Cron.of("0 0 7 * * ? 2020").firstFrom(FROM)).isEmpty();
    }
}
