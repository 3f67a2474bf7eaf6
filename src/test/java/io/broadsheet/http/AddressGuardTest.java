package io.broadsheet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final Set<Integer> PORTS = Set.of(80, 443);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254",
                        "172.16.0.1",
                "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.7",
                        "224.0.0.1",
                "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
                        "::127.0.0.1",
                "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "fc00::1", "fd12:3456::1", "fe80::1",
                        "fec0::1", "ff02::1",
                "2001:db8::1", "2001::1", "2002:7f00:1::1", "3fff::1", "100::1"
            })
    void no_private_address_is_connected_to(String address) throws UnknownHostException {
        AddressGuard guard = new AddressGuard(List.of(), PORTS);

        assertThat(guard.refusal(place(address, 80)))
                .contains("private or reserved")
                .contains("fetch.allow-private");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.9.9.9",
                "100.63.255.255",
                "172.32.0.1",
                "192.167.1.1",
                "2606:4700::1111",
                "64:ff9b::909:909",
                "223.255.255.1"
            })
    void a_public_address_is(String address) throws UnknownHostException {
        AddressGuard guard = new AddressGuard(List.of(), PORTS);

        assertThat(guard.refusal(place(address, 443))).isNull();
    }

    @Test
    void a_public_host_on_another_port_is_not() throws UnknownHostException {
        AddressGuard guard = new AddressGuard(List.of(), PORTS);

        assertThat(guard.refusal(place("9.9.9.9", 25))).contains("port 25").contains("fetch.ports");
    }

    @Test
    void a_host_that_was_allowed_may_be_private_and_use_any_port() throws UnknownHostException {
        AddressGuard guard =
                new AddressGuard(List.of("127.0.0.1", "10.2.0.0/16", "fd00::/8", "Intranet.example"), PORTS);
        InetAddress named = InetAddress.getByAddress("intranet.example", new byte[] {10, 9, 9, 9});

        assertThat(guard.refusal(place("127.0.0.1", 8080))).isNull();
        assertThat(guard.refusal(place("10.2.255.1", 80))).isNull();
        assertThat(guard.refusal(place("fd00::7", 80))).isNull();
        assertThat(guard.refusal(new InetSocketAddress(named, 8080))).isNull();
        assertThat(guard.refusal(place("127.0.0.2", 80))).isNotNull();
        assertThat(guard.refusal(place("10.3.0.1", 80))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "http://intranet.example/", "a b", ""})
    void what_is_neither_host_nor_cidr_is_an_error_in_the_config(String entry) {
        assertThatThrownBy(() -> new AddressGuard(List.of(entry), PORTS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("fetch.allow-private");
    }

    private static InetSocketAddress place(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }
}
