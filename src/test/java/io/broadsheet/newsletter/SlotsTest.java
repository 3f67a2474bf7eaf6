package io.broadsheet.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static CadenceDefinition cadence(String cron) {
        return new CadenceDefinition("daily", cron, null, false, Missed.CATCH_UP, 1);
    }

    /** The slots after one instant up to another, each found from the one before it, and each found again looking back. */
    private static List<Instant> slots(String cron, ZoneId zone, String from, String to) {
        List<Instant> slots = new ArrayList<>();
        Instant at = Instant.parse(from);
        Optional<Instant> next = Slots.nextSlot(cadence(cron), zone, at);
        while (next.isPresent() && !next.get().isAfter(Instant.parse(to))) {
            Instant slot = next.get();
            assertThat(Slots.newestSlot(cadence(cron), zone, at, slot))
                    .as("newest at its own instant")
                    .contains(slot);
            assertThat(Slots.newestSlot(cadence(cron), zone, at, slot.minusMillis(1)))
                    .as("not before")
                    .isEmpty();
            slots.add(slot);
            at = slot;
            next = Slots.nextSlot(cadence(cron), zone, at);
        }
        return slots;
    }

    @Test
    void only_the_newest_of_several_missed_slots_is_answered() {
        Instant since = Instant.parse("2026-06-01T12:00:00Z");
        Instant now = Instant.parse("2026-06-05T08:00:00Z");

        assertThat(Slots.newestSlot(cadence("0 0 7 * * ?"), BERLIN, since, now))
                .contains(Instant.parse("2026-06-05T05:00:00Z"));
    }

    @Test
    void a_slot_that_was_served_is_not_due_again() {
        Instant slot = Instant.parse("2026-06-05T05:00:00Z");

        assertThat(Slots.newestSlot(cadence("0 0 7 * * ?"), BERLIN, slot, slot.plusSeconds(3_600)))
                .isEmpty();
        assertThat(Slots.nextSlot(cadence("0 0 7 * * ?"), BERLIN, slot))
                .contains(Instant.parse("2026-06-06T05:00:00Z"));
    }

    @Test
    void the_cadences_own_zone_comes_before_the_sites_and_a_readers_before_both() {
        CadenceDefinition cadence = new CadenceDefinition("daily", "0 0 7 * * ?", BERLIN, true, Missed.CATCH_UP, 1);
        Instant after = Instant.parse("2026-06-05T00:00:00Z");

        assertThat(Slots.nextSlot(cadence, ZoneOffset.UTC, after)).contains(Instant.parse("2026-06-05T05:00:00Z"));
        assertThat(Slots.nextSlotIn(cadence, ZoneId.of("Asia/Tokyo"), after))
                .contains(Instant.parse("2026-06-05T22:00:00Z"));
        assertThat(Slots.newestSlotIn(cadence, ZoneId.of("Asia/Tokyo"), Instant.EPOCH, after))
                .contains(Instant.parse("2026-06-04T22:00:00Z"));
    }

    @Test
    void each_has_no_slots() {
        CadenceDefinition each = new CadenceDefinition("each", null, null, false, Missed.CATCH_UP, 1);

        assertThat(Slots.nextSlot(each, BERLIN, Instant.EPOCH)).isEmpty();
        assertThat(Slots.newestSlot(each, BERLIN, Instant.EPOCH, Instant.parse("2026-06-05T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // zone, cron, from, to, slots
        "Europe/Berlin, 0 30 2 * * ?, 2026-03-28T12:00:00Z, 2026-03-30T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
        "Europe/Berlin, 0 30 2 * * ?, 2026-10-24T12:00:00Z, 2026-10-26T12:00:00Z, 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
        "Europe/Berlin, 0 0 3 * * ?, 2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z, 2026-03-29T01:00:00Z",
        "America/New_York, 0 30 2 * * ?, 2026-03-07T12:00:00Z, 2026-03-09T12:00:00Z, 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
        "America/New_York, 0 30 1 * * ?, 2026-10-31T12:00:00Z, 2026-11-02T12:00:00Z, 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z",
        "Australia/Lord_Howe, 0 15 2 * * ?, 2026-10-02T16:00:00Z, 2026-10-04T16:00:00Z, 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
        "Australia/Lord_Howe, 0 45 1 * * ?, 2026-04-03T16:00:00Z, 2026-04-05T16:00:00Z, 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
        // 30 December 2011 was left out
        "Pacific/Apia, 0 0 7 * * ?, 2011-12-29T00:00:00Z, 2011-12-31T18:00:00Z, 2011-12-29T17:00:00Z 2011-12-30T17:00:00Z 2011-12-31T17:00:00Z",
        // the gap of 2024 ends at midnight: 23:30 is missing, and would otherwise be due on the next day
        "America/Nuuk, 0 30 23 * * ?, 2024-03-29T12:00:00Z, 2024-04-01T12:00:00Z, 2024-03-30T01:30:00Z 2024-03-31T00:59:59Z 2024-04-01T00:30:00Z",
        // the gap begins at midnight
        "Asia/Beirut, 0 15 0 * * ?, 2025-03-29T12:00:00Z, 2025-03-31T12:00:00Z, 2025-03-29T22:00:00Z 2025-03-30T21:15:00Z",
        // the doubled hour crosses midnight
        "America/Havana, 0 30 0 * * ?, 2025-11-01T12:00:00Z, 2025-11-03T12:00:00Z, 2025-11-02T04:30:00Z 2025-11-03T05:30:00Z"
    })
    void a_day_on_which_the_clock_changes_has_its_slot_once(
            String zone, String cron, String from, String to, String expected) {
        List<Instant> slots = slots(cron, ZoneId.of(zone), from, to);

        assertThat(slots.stream().map(Instant::toString).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void a_missing_hour_of_quarter_hours_is_due_once_and_a_doubled_one_four_times() {
        String quarters = "0 0/15 * * * ?";

        List<Instant> gap = slots(quarters, BERLIN, "2026-03-29T00:30:00Z", "2026-03-29T01:15:00Z");
        List<Instant> doubled = slots(quarters, BERLIN, "2026-10-24T23:59:00Z", "2026-10-25T02:00:00Z");

        assertThat(gap)
                .containsExactly(
                        Instant.parse("2026-03-29T00:45:00Z"),
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T01:15:00Z"));
        assertThat(doubled)
                .hasSize(5)
                .endsWith(Instant.parse("2026-10-25T00:45:00Z"), Instant.parse("2026-10-25T02:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Nuuk",
                        "Asia/Beirut",
                "Africa/Cairo", "America/Havana", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Pyongyang",
                        "America/Toronto"
            })
    void every_local_day_has_one_slot_whatever_the_hour_and_the_zone(String id) {
        ZoneId zone = ZoneId.of(id);
        for (String time : List.of("0 30 0", "0 30 1", "0 15 2", "59 59 23")) {
            // Apia leaves out a day in 2011; Nuuk's missing hour ends at midnight in 2024
            for (String start : List.of("2010-12-31T12:00:00Z", "2023-12-31T12:00:00Z")) {
                List<LocalDate> days = slotDays(cadence(time + " * * ?"), zone, Instant.parse(start));

                List<LocalDate> calendar = days.get(0)
                        .datesUntil(days.get(days.size() - 1).plusDays(1))
                        .filter(day -> !id.equals("Pacific/Apia") || !day.equals(LocalDate.of(2011, 12, 30)))
                        .toList();
                assertThat(days).as(time).isEqualTo(calendar);
            }
        }
    }

    private static List<LocalDate> slotDays(CadenceDefinition cadence, ZoneId zone, Instant start) {
        List<LocalDate> days = new ArrayList<>();
        Instant at = start;
        for (int slot = 0; slot < 366; slot++) {
            at = Slots.nextSlot(cadence, zone, at).orElseThrow();
            days.add(LocalDate.ofInstant(at, zone));
        }
        return days;
    }

    @Test
    void looking_back_finds_what_looking_forward_found_at_every_minute_around_a_change() {
        for (String change : List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")) {
            for (String cron : List.of("0 0 * * * ?", "0 30 2 * * ?", "0 0/20 2 * * ?")) {
                Instant start = Instant.parse(change).minus(Duration.ofHours(3));
                for (Instant now = start; now.isBefore(start.plus(Duration.ofHours(6))); now = now.plusSeconds(60)) {
                    Instant following =
                            Slots.nextSlot(cadence(cron), BERLIN, now).orElseThrow();
                    Instant newest = Slots.newestSlot(cadence(cron), BERLIN, Instant.EPOCH, now)
                            .orElseThrow();
                    assertThat(newest).isBeforeOrEqualTo(now);
                    assertThat(Slots.nextSlot(cadence(cron), BERLIN, newest))
                            .as("%s at %s", cron, now)
                            .contains(following);
                }
            }
        }
    }

    @Test
    void the_library_alone_would_lose_the_missing_hours_slot_and_move_the_doubled_ones() {
        ExecutionTime library = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ)).parse("0 30 2 * * ?"));

        Optional<ZonedDateTime> afterGap = library.nextExecution(ZonedDateTime.of(2026, 3, 28, 3, 0, 0, 0, BERLIN));
        Optional<ZonedDateTime> doubled = library.lastExecution(ZonedDateTime.of(2026, 10, 25, 12, 0, 0, 0, BERLIN));

        assertThat(afterGap.orElseThrow().toLocalDate()).isEqualTo(LocalDate.of(2026, 3, 30));
        assertThat(doubled.orElseThrow().toInstant()).isEqualTo(Instant.parse("2026-10-25T01:30:00Z"));
    }
}
