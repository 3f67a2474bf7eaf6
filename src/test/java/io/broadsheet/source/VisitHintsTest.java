package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class VisitHintsTest {
    /** A Monday. */
    private static final Instant NOW = Instant.parse("2025-11-24T10:20:00Z");

    @Test
    void a_ttl_is_in_minutes_and_counts_up_to_four_hours() {
        assertThat(wait("<ttl>90</ttl>")).isEqualTo(Duration.ofMinutes(90));
        assertThat(wait("<ttl>999999</ttl>")).isEqualTo(Duration.ofHours(4));
        assertThat(wait("<ttl>soon</ttl>")).isZero();
        assertThat(wait("<ttl>-5</ttl>")).isZero();
    }

    @Test
    void an_update_period_is_divided_by_its_frequency() {
        assertThat(wait("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>"))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void skipped_hours_and_days_are_waited_for() {
        assertThat(wait("<skipHours><hour>10</hour><hour>11</hour></skipHours>"))
                .isEqualTo(Duration.ofMinutes(100));
        assertThat(wait("<skipDays><day>Monday</day><day>Tuesday</day></skipDays>"))
                .isEqualTo(Duration.between(NOW, Instant.parse("2025-11-26T00:00:00Z")));
    }

    @Test
    void a_feed_that_skips_every_day_is_read_all_the_same() {
        assertThat(wait("<skipDays><day>Monday</day><day>Tuesday</day><day>Wednesday</day><day>Thursday</day>"
                        + "<day>Friday</day><day>Saturday</day><day>Sunday</day></skipDays>"))
                .isZero();
    }

    private static Duration wait(String head) {
        String feed =
                "<rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel><title>x</title>"
                        + head + "<item><title>a</title></item></channel></rss>";
        Raw raw = new Raw(
                "feed", feed.getBytes(java.nio.charset.StandardCharsets.UTF_8), null, null, false, ZoneOffset.UTC);
        return new FeedParser().read(raw).hints().wait(NOW);
    }
}
