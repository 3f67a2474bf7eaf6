package io.broadsheet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostPaceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final HostPace pace = new HostPace(Duration.ofSeconds(1), nanos::get);

    @Test
    void requests_to_one_host_are_kept_apart_and_other_hosts_do_not_wait() {
        assertThat(pace.take("one.example", false)).isZero();
        assertThat(pace.take("one.example", false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.take("one.example", false)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.take("two.example", false)).isZero();
    }

    @Test
    void a_host_that_was_left_alone_long_enough_is_asked_at_once() {
        pace.take("one.example", false);
        nanos.set(Duration.ofSeconds(5).toNanos());

        assertThat(pace.take("one.example", false)).isZero();
        assertThat(pace.take("one.example", false)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_hosts_own_wish_holds_where_it_is_more_than_ours_and_also_where_our_delay_is_lifted() {
        pace.wish("one.example", Duration.ofSeconds(4));
        pace.wish("two.example", Duration.ofMillis(10));

        assertThat(pace.take("one.example", true)).isZero();
        assertThat(pace.take("one.example", true)).isEqualTo(Duration.ofSeconds(4));
        assertThat(pace.take("two.example", false)).isZero();
        assertThat(pace.take("two.example", false)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_host_that_asked_to_be_left_alone_is_until_its_time_is_over() {
        pace.hold("one.example", Duration.ofMinutes(10));

        assertThat(pace.heldFor("one.example")).isEqualTo(Duration.ofMinutes(10));
        assertThat(pace.heldFor("two.example")).isZero();
        nanos.set(Duration.ofMinutes(10).toNanos());
        assertThat(pace.heldFor("one.example")).isZero();
    }

    @Test
    void a_host_that_asks_for_years_is_left_alone_for_a_day() {
        pace.hold("one.example", Duration.ofDays(4_000));

        assertThat(pace.heldFor("one.example")).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void a_host_that_was_allowed_by_name_or_address_is_not_slowed_down() {
        AddressGuard guard = new AddressGuard(List.of("127.0.0.0/8", "intranet.example"), Set.of(80));

        assertThat(guard.isAllowed("127.0.0.1")).isTrue();
        assertThat(guard.isAllowed("Intranet.example")).isTrue();
        assertThat(guard.isAllowed("news.example.org")).isFalse();
        assertThat(guard.isAllowed("10.0.0.1")).isFalse();
    }
}
