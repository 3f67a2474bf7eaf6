package io.broadsheet.delivery;

import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import io.broadsheet.dns.MailHost;
import io.broadsheet.http.AddressGuard;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the way to the mail servers of a domain (RFC 5321 §5.1). Safe for several threads, because what it asks is. */
final class MxRoutes {
    private static final Logger log = LoggerFactory.getLogger(MxRoutes.class);
    /** A domain with more servers than this wants to keep us busy. */
    private static final int HOSTS_MAX = 10;

    private static final int ADDRESSES_MAX = 4;
    /** Each may cost the time of a connection that isn't answered. */
    private static final int STOPS_MAX = 8;

    private final Dns dns;
    private final MtaSts policies;
    private final boolean allowPrivate;
    private final Random random;

    /**
     * @param allowPrivate whether servers with private addresses are gone to; such an address in a public zone is a mistake, or meant to reach
     *     something within our network
     * @param random for the order among servers of equal preference
     */
    MxRoutes(Dns dns, MtaSts policies, boolean allowPrivate, Random random) {
        this.dns = dns;
        this.policies = policies;
        this.allowPrivate = allowPrivate;
        this.random = random;
    }

    /** @param domain of the recipient, as A-labels; may take as long as DNS and the fetch of a policy do */
    MxRoute route(String domain) {
        Answer<MailHost> answer = dns.mx(domain);
        return switch (answer.kind()) {
            case TROUBLE -> nowhere(451, "4.4.3 " + answer.why());
            case NO_SUCH_NAME -> nowhere(550, "5.1.2 " + answer.why());
            // The domain itself is its server then.
            case NO_SUCH_DATA -> through(domain, List.of(domain), false);
            case FOUND -> listed(domain, answer.values());
        };
    }

    private MxRoute listed(String domain, List<MailHost> hosts) {
        List<MailHost> named =
                hosts.stream().filter(host -> !host.host().isEmpty()).toList();
        if (named.isEmpty()) {
            return nowhere(556, "5.1.10 " + domain + " takes no mail (RFC 7505)");
        }
        return through(domain, ordered(named), true);
    }

    /** By preference; servers of the same one share the load. */
    private List<String> ordered(List<MailHost> hosts) {
        TreeMap<Integer, List<String>> byPreference = new TreeMap<>();
        hosts.forEach(host -> byPreference
                .computeIfAbsent(host.preference(), any -> new ArrayList<>())
                .add(host.host()));
        List<String> ordered = new ArrayList<>();
        for (List<String> equals : byPreference.values()) {
            Collections.shuffle(equals, random);
            ordered.addAll(equals);
        }
        return ordered.stream().distinct().limit(HOSTS_MAX).toList();
    }

    private MxRoute through(String domain, List<String> hosts, boolean byMx) {
        StsPolicy policy = policies.of(domain);
        List<String> allowed = hosts.stream().filter(policy::names).toList();
        if (allowed.size() < hosts.size() && policy.mode() == StsPolicy.Mode.TESTING) {
            log.atWarn()
                    .addKeyValue("domain", domain)
                    .log("a mail server is not named by its domain's MTA-STS policy, which is only tested");
        }
        if (policy.mode() == StsPolicy.Mode.ENFORCE) {
            if (allowed.isEmpty()) {
                return nowhere(451, "4.4.4 none of the mail servers of " + domain + " is named by its MTA-STS policy");
            }
            return stops(domain, allowed, Tls.STARTTLS, byMx);
        }
        Tls tls = policy.mode() == StsPolicy.Mode.TESTING ? Tls.TESTED : Tls.WHERE_OFFERED;
        return stops(domain, hosts, tls, byMx);
    }

    private MxRoute stops(String domain, List<String> hosts, Tls tls, boolean byMx) {
        List<MxRoute.Stop> stops = new ArrayList<>();
        String trouble = "";
        int kept = 0;
        for (String host : hosts) {
            Answer<InetAddress> addresses = dns.addresses(host);
            if (addresses.isTrouble()) {
                trouble = addresses.why();
            }
            List<InetAddress> open = addresses.values().stream()
                    .filter(address -> allowPrivate || !AddressGuard.isPrivate(address))
                    .toList();
            kept += addresses.values().size() - open.size();
            bothKinds(open).forEach(address -> stops.add(new MxRoute.Stop(host, address, tls)));
        }
        if (!stops.isEmpty()) {
            List<MxRoute.Stop> some = stops.subList(0, Math.min(STOPS_MAX, stops.size()));
            return new MxRoute.Through(domain, ProviderGroup.of(some.get(0).host()), some);
        }
        if (!trouble.isEmpty()) {
            return nowhere(451, "4.4.3 " + trouble);
        }
        if (kept > 0) {
            return nowhere(550, "5.4.4 the mail servers of " + domain + " have only private addresses");
        }
        return byMx
                ? nowhere(550, "5.4.4 the mail servers of " + domain + " have no address in DNS")
                : nowhere(550, "5.1.2 " + domain + " has neither a mail server nor an address in DNS");
    }

    /** IPv6 first, but so that IPv4 has its turn before all of IPv6 was waited for: many machines have IPv6 that leads nowhere. */
    private List<InetAddress> bothKinds(List<InetAddress> addresses) {
        List<InetAddress> six = shuffled(addresses, 16);
        List<InetAddress> four = shuffled(addresses, 4);
        List<InetAddress> mixed = new ArrayList<>();
        for (int at = 0; at < Math.max(six.size(), four.size()) && mixed.size() < ADDRESSES_MAX; at++) {
            if (at < six.size()) {
                mixed.add(six.get(at));
            }
            if (at < four.size()) {
                mixed.add(four.get(at));
            }
        }
        return mixed;
    }

    private List<InetAddress> shuffled(List<InetAddress> addresses, int octets) {
        List<InetAddress> some = new ArrayList<>(addresses.stream()
                .filter(address -> address.getAddress().length == octets)
                .toList());
        Collections.shuffle(some, random);
        return some;
    }

    private static MxRoute nowhere(int code, String text) {
        return new MxRoute.Nowhere(Reply.of(code, text, Reply.Phase.RCPT));
    }
}
