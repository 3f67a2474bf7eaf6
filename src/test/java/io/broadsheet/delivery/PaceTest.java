package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-03-02T07:00:00Z");

    private static Pace of(int messages, Duration per) {
        return new Pace(new Rate(messages, per), null, FIRST_PAUSE);
    }

    /** Starts all it may, looking at uneven moments, as threads do. */
    private int run(Pace pace, Duration time, long seed, int share) {
        Random random = new Random(seed);
        Instant end = now.plus(time);
        int started = 0;
        while (now.isBefore(end)) {
            while (!pace.readyAt(share).isAfter(now)) {
                pace.started(now, share);
                started++;
            }
            now = now.plusMillis(1 + random.nextInt(60));
        }
        return started;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 150, 2_000})
    void a_rate_is_held_within_3_percent_over_a_minute(int aSecond) {
        Pace pace = of(aSecond, Duration.ofSeconds(1));
        run(pace, Duration.ofSeconds(5), 1, 1);

        int inAMinute = run(pace, Duration.ofMinutes(1), 2, 1);

        assertThat(inAMinute / 60.0 / aSecond).isBetween(0.97, 1.03);
    }

    @Test
    void after_a_rest_no_more_than_half_a_second_is_made_up_for() {
        Pace pace = of(100, Duration.ofSeconds(1));
        run(pace, Duration.ofSeconds(1), 1, 1);
        now = now.plus(Duration.ofHours(1));

        int inASecond = run(pace, Duration.ofSeconds(1), 2, 1);

        assertThat(inASecond).isBetween(100, 156);
    }

    @Test
    void two_nodes_share_a_rate() {
        Pace pace = of(60, Duration.ofSeconds(1));
        run(pace, Duration.ofSeconds(5), 1, 2);

        int inAMinute = run(pace, Duration.ofMinutes(1), 2, 2);

        assertThat(inAMinute / 60.0).isBetween(29.0, 31.0);
    }

    @Test
    void a_restart_gives_no_new_burst() {
        Pace before = of(60, Duration.ofMinutes(1));
        run(before, Duration.ofMinutes(1), 1, 1);
        Pace after = of(60, Duration.ofMinutes(1));

        after.restore(before.kept());

        assertThat(after.readyAt(1)).isAfterOrEqualTo(now.minusMillis(500));
        assertThat(run(after, Duration.ofMinutes(1), 2, 1)).isBetween(58, 62);
    }

    @Test
    void who_asks_for_less_is_left_alone_for_pauses_that_double_up_to_an_hour() {
        Pace pace = new Pace(null, null, FIRST_PAUSE);

        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pace.started(now, 1);
            Instant until = pace.slowDown(now);
            assertThat(Duration.between(now, until)).isEqualTo(Duration.ofMinutes(minutes));
            assertThat(pace.connections()).isEqualTo(1);
            now = until;
        }
    }

    @Test
    void connections_that_are_told_side_by_side_are_told_once() {
        Pace pace = new Pace(null, null, FIRST_PAUSE);
        pace.slowDown(now);

        Instant until = pace.slowDown(now.plusSeconds(1));

        assertThat(until).isEqualTo(now.plusSeconds(61));
    }

    @Test
    void it_goes_on_at_half_the_rate_and_comes_back_minute_by_minute() {
        Pace pace = new Pace(null, null, FIRST_PAUSE);
        for (int i = 0; i < 6_000; i++) {
            pace.started(now, 1);
            now = now.plusMillis(10);
        }
        now = pace.slowDown(now);
        pace.accepted(now);

        int[] minutes = new int[8];
        for (int minute = 0; minute < minutes.length; minute++) {
            Instant end = now.plus(Duration.ofMinutes(1));
            while (now.isBefore(end)) {
                // Offered a hundred a second, as before.
                if (!pace.readyAt(1).isAfter(now)) {
                    pace.started(now, 1);
                    pace.accepted(now);
                    minutes[minute]++;
                }
                now = now.plusMillis(10);
            }
        }

        assertThat(minutes[0]).isBetween(2_800, 3_200);
        assertThat(minutes[1]).isBetween(4_200, 4_700);
        assertThat(minutes[7]).isGreaterThan(5_800);
    }

    @Test
    void what_was_asked_for_outlives_a_restart() {
        Pace before = new Pace(null, null, FIRST_PAUSE);
        before.started(now, 1);
        Instant until = before.slowDown(now);
        Pace after = new Pace(null, null, FIRST_PAUSE);

        after.restore(before.kept());

        assertThat(after.readyAt(1)).isEqualTo(until);
        assertThat(after.connections()).isEqualTo(1);
        assertThat(after.isTroubled()).isTrue();
    }
}
