package io.broadsheet.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How we fetch.
 *
 * @param userAgent sent with each request; names us and how to reach the admin
 * @param allowPrivate host names, addresses or CIDRs that may be fetched though they are private; such hosts may use any port
 * @param ports that may be connected to otherwise
 * @param bytesMax the most that is kept of one answer, on the wire and after decompression
 * @param timeout for one fetch as a whole, over all hops, to its last byte
 * @param connectTimeout for one connection
 * @param redirectsMax hops that are followed
 * @param perHost the least time between two requests to one host; those in {@code allowPrivate} are asked without delay
 */
public record FetchSettings(
        String userAgent,
        List<String> allowPrivate,
        Set<Integer> ports,
        int bytesMax,
        Duration timeout,
        Duration connectTimeout,
        int redirectsMax,
        Duration perHost) {
    /** 5 MiB: above nearly every feed seen, and little enough to hold in memory whole. */
    public static final int BYTES_MAX_DEFAULT = 5 * 1024 * 1024;

    public FetchSettings {
        allowPrivate = List.copyOf(allowPrivate);
        ports = Set.copyOf(ports);
        if (bytesMax < 1 || redirectsMax < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Ports 80 and 443, 5 MiB, 30 s in all, 10 s to connect, 5 hops, 1 s between two requests to a host, no private address. */
    public static FetchSettings of(String userAgent) {
        return new FetchSettings(
                userAgent,
                List.of(),
                Set.of(80, 443),
                BYTES_MAX_DEFAULT,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                5,
                Duration.ofSeconds(1));
    }

    public FetchSettings allowing(List<String> allowed) {
        return new FetchSettings(userAgent, allowed, ports, bytesMax, timeout, connectTimeout, redirectsMax, perHost);
    }

    public FetchSettings within(Duration total) {
        return new FetchSettings(
                userAgent, allowPrivate, ports, bytesMax, total, connectTimeout, redirectsMax, perHost);
    }
}
