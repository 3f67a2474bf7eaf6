package io.broadsheet.schedule;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class ScheduleTest {
    private static final Instant NEVER = Instant.parse("2099-01-01T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final AtomicInteger collected = new AtomicInteger();
    private final List<String> editions = new CopyOnWriteArrayList<>();

    @OnBothDatabases
    void collecting_starts_at_once_and_again_when_the_next_source_is_due(TestDatabase test) {
        try (Schedule schedule =
                new Schedule(test.database(), 1, Clock.systemUTC(), this::collectTwice, this::edition)) {
            schedule.start(List.of());

            eventually("it has collected twice", () -> collected.get() == 2);
        }
    }

    @OnBothDatabases
    void a_cadence_wakes_with_its_names_and_a_removed_one_no_more(TestDatabase test) {
        Timetable daily = new Timetable("news", "daily", "* * * * * ?", BERLIN);
        Timetable weekly = new Timetable("news", "weekly", "* * * * * ?", BERLIN);
        try (Schedule schedule =
                new Schedule(test.database(), 2, Clock.systemUTC(), this::collectTwice, this::edition)) {
            schedule.start(List.of(daily));
            eventually("daily fired", () -> editions.contains("news daily"));

            schedule.reload(List.of(weekly));
            eventually("weekly fired", () -> editions.contains("news weekly"));
            int before = count("news daily");
            eventually("weekly fired again", () -> count("news weekly") > 2);

            // One firing may have been under way when the cadence went.
            assertThat(count("news daily")).isLessThanOrEqualTo(before + 1);
        }
    }

    @OnBothDatabases
    void slots_in_readers_own_zones_are_woken_for_at_their_second(TestDatabase test) {
        Timetable often = new Timetable("news", "often", "* 0 7 * * ?", null);
        try (Schedule schedule =
                new Schedule(test.database(), 6, Clock.systemUTC(), this::collectTwice, this::edition)) {
            schedule.start(List.of(often));

            eventually("it fired each second", () -> count("news often") > 2);
        }
    }

    @OnBothDatabases
    void work_that_fails_is_tried_again_at_the_next_firing(TestDatabase test) {
        Timetable daily = new Timetable("news", "daily", "* * * * * ?", BERLIN);
        AtomicInteger tries = new AtomicInteger();
        try (Schedule schedule = new Schedule(test.database(), 3, Clock.systemUTC(), this::collectTwice, (n, c) -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time only");
            }
        })) {
            schedule.start(List.of(daily));

            eventually("it fired again", () -> tries.get() >= 2);
        }
    }

    @OnBothDatabases
    void what_was_missed_while_nothing_ran_fires_once(TestDatabase test) {
        Timetable daily = new Timetable("news", "daily", "0 0 7 * * ?", BERLIN);
        try (Schedule schedule =
                new Schedule(test.database(), 4, Clock.systemUTC(), this::collectTwice, this::edition)) {
            schedule.start(List.of(daily));
        }
        long threeDaysAgo = Clock.systemUTC().millis() - 3 * 24 * 3_600_000L;
        test.database()
                .writing(
                        tx -> tx.update("update qrtz_triggers set next_fire_time = :at where trigger_group = 'cadence'")
                                .bind("at", threeDaysAgo)
                                .execute());
        assertThat(editions).isEmpty();

        collected.set(0);
        try (Schedule schedule =
                new Schedule(test.database(), 5, Clock.systemUTC(), this::collectTwice, this::edition)) {
            schedule.start(List.of(daily));
            eventually("it has collected", () -> collected.get() == 2);
            eventually("the missed slot fired", () -> !editions.isEmpty());
        }

        assertThat(editions).containsExactly("news daily");
    }

    private int count(String edition) {
        return (int) editions.stream().filter(edition::equals).count();
    }

    private Instant collectTwice() {
        return collected.incrementAndGet() < 2 ? Instant.EPOCH : NEVER;
    }

    private void edition(String newsletter, String cadence) {
        editions.add(newsletter + " " + cadence);
    }
}
