package io.broadsheet.web;

import io.broadsheet.http.AddressRange;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking. {@code X-Forwarded-For} can be written by anybody, so it counts only as far as each hop, from the last one backwards, is a trusted
 * proxy. Safe for several threads, because it never changes.
 */
public final class ClientAddress {
    /** Digits, dots, colons: an address, never a name that would be looked up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    private static final int V4_BYTES = 4;
    private static final int V6_NETWORK_BYTES = 8;

    private final List<AddressRange> trusted;

    /** @param trustedProxies addresses or CIDRs, as the config reader let them through */
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(AddressRange::ofOrNull)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The address of the nearest hop that we don't trust, as text. */
    public String of(Context http) {
        return of(http.req().getRemoteAddr(), Collections.list(http.req().getHeaders("X-Forwarded-For")));
    }

    /** @param forwardedFor the header's lines: a proxy may write its own below the one that it got (RFC 9110 §5.3) */
    String of(String peer, List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        for (String line : forwardedFor) {
            for (String hop : line.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        String nearest = peer;
        for (int at = hops.size() - 1; at >= 0 && isTrusted(nearest); at--) {
            if (bytes(hops.get(at)) == null) {
                break;
            }
            nearest = hops.get(at);
        }
        return nearest;
    }

    /** What one visitor can ask from at will: the address itself, of IPv6 its first 64 bits. */
    public static String network(String address) {
        byte[] bytes = bytes(address);
        return bytes == null || bytes.length == V4_BYTES
                ? address
                : HexFormat.of().formatHex(bytes, 0, V6_NETWORK_BYTES);
    }

    private boolean isTrusted(String address) {
        byte[] bytes = bytes(address);
        return bytes != null && trusted.stream().anyMatch(range -> range.holds(bytes));
    }

    private static byte @Nullable [] bytes(String address) {
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!LITERAL.matcher(bare).matches() || (!bare.contains(".") && !bare.contains(":"))) {
            return null;
        }
        try {
            return InetAddress.getByName(bare).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
