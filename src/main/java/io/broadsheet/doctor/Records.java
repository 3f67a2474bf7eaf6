package io.broadsheet.doctor;

import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What DNS says of the addresses that mail comes from: SPF, reverse names, the site's own name. */
final class Records {
    private final Dns dns;

    Records(Dns dns) {
        this.dns = dns;
    }

    /**
     * SPF for mail that goes out through a mail server.
     *
     * @param domain of MAIL FROM
     */
    Finding spfOfServer(String domain, String server) {
        Spf spf = new Spf(dns);
        Optional<String> record = spf.record(domain);
        if (record.isEmpty()) {
            return noRecord(
                    domain,
                    spf.why(),
                    "\"v=spf1 include:… -all\", with what the operator of " + server + " names to include");
        }
        Optional<Finding> open = open(domain, record.get());
        if (open.isPresent()) {
            return open.get();
        }
        for (InetAddress address : dns.addresses(server).values()) {
            Spf asked = new Spf(dns);
            Spf.Result result = asked.check(domain, address);
            if (result == Spf.Result.PASS && isPublic(address)) {
                return Finding.pass("spf", domain, "the record lets " + server + " send", Finding.ALL);
            }
            if (result == Spf.Result.BROKEN) {
                return broken(domain, asked.why());
            }
        }
        return Finding.unseen(
                "spf",
                domain,
                "there is a record; from which addresses " + server + " sends on can't be seen from here",
                "ask its operator what to include, or look at Received-SPF in a test copy",
                Finding.ALL);
    }

    /** SPF for mail that we send ourselves: each public address of our name. */
    List<Finding> spfOfOurselves(String domain, String ourName) {
        Spf spf = new Spf(dns);
        Optional<String> record = spf.record(domain);
        if (record.isEmpty()) {
            return List.of(noRecord(domain, spf.why(), "\"v=spf1 a:" + ourName + " -all\""));
        }
        Optional<Finding> open = open(domain, record.get());
        if (open.isPresent()) {
            return List.of(open.get());
        }
        List<Finding> findings = new ArrayList<>();
        for (InetAddress address : ours(ourName)) {
            Spf asked = new Spf(dns);
            String host = address.getHostAddress();
            findings.add(
                    switch (asked.check(domain, address)) {
                        case PASS -> Finding.pass("spf", domain, "the record lets " + host + " send", Finding.ALL);
                        case BROKEN -> broken(domain, asked.why());
                        case UNCLEAR ->
                            Finding.unseen(
                                    "spf", domain, asked.why(), "look at Received-SPF in a test copy", Finding.ALL);
                        case OTHER, NONE ->
                            Finding.fail(
                                    "spf",
                                    domain,
                                    "the record does not let " + host + " send",
                                    "add a:" + ourName + " to it",
                                    Finding.ALL);
                    });
        }
        return findings;
    }

    /** @param record what to publish */
    private Finding noRecord(String domain, String why, String record) {
        if (!why.equals("no SPF record") && !why.endsWith("SPF records")) {
            return Finding.unseen("spf", domain, why, "try again, or set dns.servers", Finding.ALL);
        }
        return Finding.fail(
                "spf",
                domain,
                why.equals("no SPF record") ? "there is no record" : "there are " + why + ", so none counts",
                "publish one TXT record under " + domain + ": " + record,
                Finding.ALL);
    }

    private static Finding broken(String domain, String why) {
        return Finding.fail("spf", domain, "the record counts as broken: " + why, "mend it", Finding.ALL);
    }

    private static Optional<Finding> open(String domain, String record) {
        return record.matches("(?i).* \\+?all( .*)?")
                ? Optional.of(Finding.fail(
                        "spf",
                        domain,
                        "the record lets everybody send (+all)",
                        "end it with -all or ~all",
                        Finding.ALL))
                : Optional.empty();
    }

    /** Forward-confirmed reverse names of our public addresses. */
    List<Finding> reverse(String ourName) {
        List<InetAddress> addresses = ours(ourName);
        if (addresses.isEmpty()) {
            return List.of(Finding.fail(
                    "reverse-dns",
                    ourName,
                    "our own name has no public address",
                    "set site.url to a name that points to this machine",
                    Finding.ALL));
        }
        return addresses.stream().map(this::reverse).toList();
    }

    private Finding reverse(InetAddress address) {
        String host = address.getHostAddress();
        Answer<String> names = dns.reverse(address);
        if (names.isTrouble()) {
            return Finding.unseen("reverse-dns", host, names.why(), "try again, or set dns.servers", Finding.ALL);
        }
        for (String name : names.values()) {
            if (dns.addresses(name).values().contains(address)) {
                return Finding.pass("reverse-dns", host, "it is " + name + ", and back", Finding.ALL);
            }
        }
        return Finding.fail(
                "reverse-dns",
                host,
                names.isFound() ? "its name " + names.values().get(0) + " does not lead back to it" : "it has no name",
                "let whoever gives you the address set its PTR record to a name that points to it",
                Finding.ALL);
    }

    /** The addresses of a name that the world can reach. */
    List<InetAddress> ours(String name) {
        return dns.addresses(name).values().stream().filter(Records::isPublic).toList();
    }

    /** Whether the name is known, and nothing of it public: not so when DNS gives no answer. */
    boolean isHidden(String name) {
        return !dns.addresses(name).isTrouble() && ours(name).isEmpty();
    }

    private static boolean isPublic(InetAddress address) {
        boolean unique = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc; // RFC 4193
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !unique;
    }
}
