package io.broadsheet.http;

import io.broadsheet.error.UserError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be connected to. Asked at the moment of connecting, with the address itself, so that no name, redirect or second DNS answer
 * gets round it. Safe for several threads, because it never changes.
 */
public final class AddressGuard {
    /** Not the public internet: the IANA special-purpose registries (RFC 6890) and multicast. */
    private static final List<AddressRange> PRIVATE_4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All public IPv6 is in here (RFC 4291 §2.4); loopback, ULA, link-local, multicast and mapped addresses are not. */
    private static final AddressRange GLOBAL_6 = AddressRange.of("2000::/3");

    /** Special blocks within 2000::/3: protocol assignments with Teredo, documentation, and 6to4, which can carry a private IPv4 address. */
    private static final List<AddressRange> PRIVATE_6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** NAT64 (RFC 6052): the last four bytes are the IPv4 address that is meant. */
    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

    private final Set<Integer> ports;
    private final Set<String> allowedNames = new HashSet<>();
    private final List<AddressRange> allowedRanges = new ArrayList<>();

    /** @throws UserError when an allowed entry is neither a host name, an address nor a CIDR */
    AddressGuard(List<String> allowPrivate, Set<Integer> ports) {
        this.ports = ports;
        for (String entry : allowPrivate) {
            AddressRange range = AddressRange.ofOrNull(entry.strip());
            if (range != null) {
                allowedRanges.add(range);
            } else if (entry.strip().matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")) {
                allowedNames.add(entry.strip().toLowerCase(Locale.ROOT));
            } else {
                throw new UserError("fetch.allow-private: '" + entry
                        + "' is not a host, an address or a CIDR; write it like 10.0.0.0/8 or intranet.example");
            }
        }
    }

    /** Whether the admin named this host, by its name or its address. */
    boolean isAllowed(String host) {
        InetAddress literal = AddressRange.literal(host);
        return allowedNames.contains(host.toLowerCase(Locale.ROOT))
                || literal != null && allowedRanges.stream().anyMatch(range -> range.holds(literal.getAddress()));
    }

    /** @return why this place must not be connected to, with the mend; null when it may */
    @Nullable
    String refusal(InetSocketAddress place) {
        InetAddress address = place.getAddress();
        String name = place.getHostString().toLowerCase(Locale.ROOT);
        if (address == null) {
            return "host not found";
        }
        byte[] bytes = address.getAddress();
        boolean allowed = allowedNames.contains(name) || allowedRanges.stream().anyMatch(range -> range.holds(bytes));
        if (allowed) {
            return null;
        }
        if (isPrivate(bytes)) {
            return "its address " + address.getHostAddress()
                    + " is private or reserved, which is not fetched; name it in 'fetch.allow-private' if it is meant";
        }
        if (!ports.contains(place.getPort())) {
            return "port " + place.getPort() + " is not one of "
                    + ports.stream().sorted().toList() + "; name it in 'fetch.ports' if it is meant";
        }
        return null;
    }

    /** Whether an address is none of the public internet: private, loopback, link-local, reserved, multicast. */
    public static boolean isPrivate(InetAddress address) {
        return isPrivate(address.getAddress());
    }

    private static boolean isPrivate(byte[] address) {
        if (address.length == 4) {
            return PRIVATE_4.stream().anyMatch(range -> range.holds(address));
        }
        if (NAT64.holds(address)) {
            return isPrivate(Arrays.copyOfRange(address, 12, 16));
        }
        return !GLOBAL_6.holds(address) || PRIVATE_6.stream().anyMatch(range -> range.holds(address));
    }

    private static List<AddressRange> ranges(String... cidrs) {
        return Arrays.stream(cidrs).map(AddressRange::of).toList();
    }
}
