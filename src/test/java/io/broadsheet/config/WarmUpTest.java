package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final LocalDate first = LocalDate.parse("2026-03-02");
    private final WarmUp plan = new WarmUp(first, 500, 1.5, 10_000);

    @Test
    void each_day_allows_more_until_the_plan_is_over() {
        assertThat(plan.allowance(first)).isEqualTo(500);
        assertThat(plan.allowance(first.plusDays(1))).isEqualTo(750);
        assertThat(plan.allowance(first.plusDays(2))).isEqualTo(1_125);
        assertThat(plan.allowance(first.plusDays(7))).isEqualTo(8_542);
        assertThat(plan.allowance(first.plusDays(8))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void before_its_first_day_it_allows_what_that_day_does() {
        assertThat(plan.allowance(first.minusDays(3))).isEqualTo(500);
    }
}
