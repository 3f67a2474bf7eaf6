package io.broadsheet.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A block of addresses: {@code 10.0.0.0/8}, {@code fc00::/7}, or one address alone. */
public final class AddressRange {
    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    static AddressRange of(String cidr) {
        AddressRange range = ofOrNull(cidr);
        if (range == null) {
            throw new IllegalArgumentException("no address or CIDR: " + cidr);
        }
        return range;
    }

    /** @return null when the text is no address and no CIDR, but perhaps a host name */
    public static @Nullable AddressRange ofOrNull(String cidr) {
        int slash = cidr.indexOf('/');
        InetAddress literal = literal(slash < 0 ? cidr : cidr.substring(0, slash));
        if (literal == null) {
            return null;
        }
        try {
            byte[] address = literal.getAddress();
            int most = address.length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(cidr.substring(slash + 1));
            return bits < 0 || bits > most ? null : new AddressRange(address, bits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The address that is written here, with or without brackets; null for a name, which is never looked up. */
    static @Nullable InetAddress literal(String text) {
        String host = text.replaceAll("^\\[|\\]$", "");
        if (host.indexOf(':') < 0 && !host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether the address, of 4 or 16 bytes, lies in the range. */
    public boolean holds(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        if (rest == 0) {
            return true;
        }
        int mask = 0xff << (8 - rest);
        return ((address[whole] ^ prefix[whole]) & mask) == 0;
    }
}
