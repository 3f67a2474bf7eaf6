package io.broadsheet.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Neighbouring addresses, {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 *
 * @param bits how many of the first bits count
 */
record AddressBlock(byte[] octets, int bits) {
    private static final AddressBlock NONE = new AddressBlock(new byte[0], 0);

    /** What is no block holds no address. */
    static AddressBlock of(String text) {
        String address = text.replaceFirst("/.*", "");
        // Digits, dots and colons alone: anything else would be looked up in DNS.
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return NONE;
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            String length = text.contains("/") ? text.substring(text.indexOf('/') + 1) : "" + octets.length * 8;
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > octets.length * 8) {
                return NONE;
            }
            return new AddressBlock(octets, Integer.parseInt(length));
        } catch (UnknownHostException e) {
            return NONE;
        }
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != octets.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((octets[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
