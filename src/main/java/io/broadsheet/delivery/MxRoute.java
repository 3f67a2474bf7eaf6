package io.broadsheet.delivery;

import java.net.InetAddress;
import java.util.List;

/** Where mail for one domain goes. */
sealed interface MxRoute {
    /**
     * To these.
     *
     * @param group the provider that runs the servers, such as {@code gmail} or {@code microsoft}; else the domain that the first server belongs to
     * @param stops tried in this order until one lets us in; at least one
     */
    record Through(String domain, String group, List<Stop> stops) implements MxRoute {
        public Through {
            stops = List.copyOf(stops);
            if (stops.isEmpty()) {
                throw new IllegalArgumentException("a route without a stop");
            }
        }
    }

    /**
     * Nowhere, for now (4xx) or for good (5xx).
     *
     * @param reply what a server would have answered, with its enhanced code; phase {@code RCPT}
     */
    record Nowhere(Reply reply) implements MxRoute {}

    /**
     * One address of one server.
     *
     * @param host the server's name, A-labels, without a final dot
     * @param tls how the connection is protected
     */
    record Stop(String host, InetAddress address, Tls tls) {}
}
