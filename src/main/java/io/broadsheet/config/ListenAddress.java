package io.broadsheet.config;

import io.broadsheet.error.UserError;

/**
 * Where a server socket listens.
 *
 * @param host name or address; IPv6 without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record ListenAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public ListenAddress {
        if (host.isEmpty() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("no host, or a port out of range");
        }
    }

    /**
     * Reads {@code 127.0.0.1:8080} or {@code [::1]:8080}.
     *
     * @throws UserError when it is not such an address
     */
    public static ListenAddress of(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        host = bracketed ? host.substring(1, host.length() - 1) : host;
        String port = text.substring(colon + 1);
        boolean bare = !bracketed && host.contains(":");
        if (host.isEmpty() || bare || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX) {
            throw new UserError("'" + text + "' is not host:port; write 127.0.0.1:8080 or [::1]:8080");
        }
        return new ListenAddress(host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
