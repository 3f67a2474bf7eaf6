package io.broadsheet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private final ClientAddress clients = new ClientAddress(List.of("10.0.0.0/8"));

    @Test
    void what_a_stranger_writes_does_not_count() {
        assertThat(clients.of("198.51.100.7", List.of("203.0.113.1"))).isEqualTo("198.51.100.7");
    }

    @Test
    void only_what_trusted_proxies_wrote_counts() {
        assertThat(clients.of("10.0.0.1", List.of("203.0.113.1, 198.51.100.7, 10.0.0.2")))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void a_line_that_the_visitor_sent_does_not_hide_the_one_that_the_proxy_wrote_below() {
        assertThat(clients.of("10.0.0.1", List.of("203.0.113.1", "198.51.100.7")))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void what_is_no_address_ends_the_trail() {
        assertThat(clients.of("10.0.0.1", List.of("unknown"))).isEqualTo("10.0.0.1");
    }

    @Test
    void neighbours_in_one_ipv6_network_are_one_visitor() {
        assertThat(ClientAddress.network("2001:db8:1:2::1")).isEqualTo(ClientAddress.network("2001:db8:1:2:ffff::9"));
    }
}
