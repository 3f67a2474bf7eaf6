package io.broadsheet.feedback.listener;

import java.time.Duration;

/**
 * What one stranger may use up.
 *
 * @param connections at once
 * @param connectionsPerPeer at once from one address that isn't this machine's
 * @param commandOctets of one command line without its end; RFC 5321 §4.5.3.1.4 asks for 512, extensions add some
 * @param lineOctets of one line of a mail without its end; RFC 5321 §4.5.3.1.6 allows 998, and some mail servers write more into bounces
 * @param mailOctets of one mail; of the octets after the first MiB nothing is kept
 * @param recipients of one mail (RFC 5321 §4.5.3.1.8)
 * @param commands in one connection
 * @param errors in one connection
 * @param command for one whole command line to arrive (RFC 5321 §4.5.3.2.7)
 * @param mail for one whole mail to arrive
 */
record Limits(
        int connections,
        int connectionsPerPeer,
        int commandOctets,
        int lineOctets,
        long mailOctets,
        int recipients,
        int commands,
        int errors,
        Duration command,
        Duration mail) {
    static final Limits USUAL =
            new Limits(50, 10, 1_000, 2_000, 10L << 20, 100, 1_000, 10, Duration.ofMinutes(5), Duration.ofMinutes(10));
}
