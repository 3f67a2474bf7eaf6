package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final Instant NOW = Instant.parse("2025-11-24T10:00:00Z");

    @Test
    void what_the_admin_says_is_exact() {
        assertThat(Rhythm.wait(source(Duration.ofMinutes(7), Duration.ofHours(3)), hourly(), true, NOW))
                .isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void an_hourly_source_is_visited_four_times_an_hour() {
        assertThat(Rhythm.wait(source(null, Duration.ofHours(3)), hourly(), true, NOW))
                .isBetween(Duration.ofMinutes(15), Duration.ofSeconds(990));
    }

    @Test
    void without_news_the_wait_grows_by_a_quarter_up_to_four_hours() {
        Visit nothing = new Visit(Visit.Status.UNCHANGED, List.of(), List.of(), FetchState.NEW, null, null);

        assertThat(Rhythm.wait(source(null, Duration.ofMinutes(40)), nothing, false, NOW))
                .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(55));
        assertThat(Rhythm.wait(source(null, Duration.ofDays(3)), nothing, false, NOW))
                .isBetween(Duration.ofHours(4), Duration.ofMinutes(264));
    }

    @Test
    void dates_in_the_future_or_a_thousand_entries_of_one_second_do_not_make_us_a_burden() {
        Visit mad = visit(IntStream.range(0, 1_000)
                .mapToObj(at -> NOW.plusSeconds(at - 500))
                .toList());

        assertThat(Rhythm.wait(source(null, Duration.ofHours(3)), mad, true, NOW))
                .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
    }

    private static Visit hourly() {
        return visit(IntStream.range(0, 20)
                .mapToObj(at -> NOW.minus(Duration.ofHours(at)).minusSeconds(1))
                .toList());
    }

    private static Visit visit(List<Instant> dates) {
        List<Entry> entries = dates.stream()
                .map(date -> new Entry(
                        null, null, "x", null, null, null, date, null, null, null, null, null, List.of(), List.of()))
                .toList();
        return new Visit(Visit.Status.OK, entries, List.of(), FetchState.NEW, null, null);
    }

    private static Source source(@Nullable Duration every, Duration last) {
        return new Source(
                new SourceId(1),
                new SourceDefinition(
                        "press",
                        SourceDefinition.Kind.FEED,
                        "https://x.example/",
                        null,
                        every,
                        List.of(),
                        0,
                        null,
                        null),
                true,
                NOW.minus(Duration.ofDays(9)),
                null,
                FetchState.NEW,
                NOW.minus(Duration.ofDays(8)),
                NOW.minus(last),
                NOW,
                null,
                0,
                null,
                GuidTrust.NEW,
                NewsRate.NEW);
    }
}
