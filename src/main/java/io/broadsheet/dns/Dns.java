package io.broadsheet.dns;

import io.broadsheet.dns.Answer.Kind;
import io.broadsheet.log.Safe;
import io.broadsheet.time.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks DNS servers, one after another until one answers, over UDP and, where an answer is cut, TCP. Follows aliases. Neither the hosts file nor a
 * search list is looked at, since mail goes by what the world sees. Safe for several threads, because it changes nothing but the cache, which is.
 */
public final class Dns {
    /** For one try at one server. A recursive server that asks afar needs a second or two. */
    private static final Duration TRY = Duration.ofSeconds(4);
    /** No further try begins after this: a worker waits for the answer. */
    private static final Duration WHOLE = Duration.ofSeconds(12);

    private static final int ROUNDS = 2;
    /** Some 300 bytes each. A run to a million readers meets about this many domains that matter. */
    private static final int CACHED_MAX = 50_000;
    /** A longer time to live is a mistake that we would carry along. */
    private static final Duration CACHED_FOR_MAX = Duration.ofHours(6);
    /** That there is none is what changes when an admin mends it (RFC 2308 §5 allows hours). */
    private static final Duration ABSENT_FOR_MAX = Duration.ofMinutes(5);

    private final List<Resolver> servers;
    private final Cache cache = new Cache(DClass.IN);

    /** @param servers asked in this order; none: those of the operating system, as of now */
    public Dns(List<InetSocketAddress> servers) {
        this(servers, TRY);
    }

    /** @param oneTry how long one server may take for one answer */
    Dns(List<InetSocketAddress> servers, Duration oneTry) {
        List<InetSocketAddress> asked =
                servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
        this.servers = asked.stream().map(server -> resolver(server, oneTry)).toList();
        cache.setMaxEntries(CACHED_MAX);
        cache.setMaxCache((int) CACHED_FOR_MAX.toSeconds());
        cache.setMaxNCache((int) ABSENT_FOR_MAX.toSeconds());
    }

    private static Resolver resolver(InetSocketAddress server, Duration oneTry) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(oneTry);
        return resolver;
    }

    /** The texts of a name; the strings of one record are put together without a space, as SPF, DKIM and DMARC want them (RFC 7208 §3.3). */
    public Answer<String> txt(String name) {
        return ask(name, Type.TXT, record -> text((TXTRecord) record));
    }

    /** Who takes mail for a domain, lowest preference first. */
    public Answer<MailHost> mx(String domain) {
        Answer<MailHost> answer = ask(domain, Type.MX, record -> {
            MXRecord mx = (MXRecord) record;
            return new MailHost(mx.getPriority(), plain(mx.getTarget()));
        });
        if (!answer.isFound()) {
            return answer;
        }
        return Answer.found(answer.values().stream()
                .sorted(Comparator.comparingInt(MailHost::preference).thenComparing(MailHost::host))
                .toList());
    }

    /** The addresses of a host, IPv6 before IPv4. Found when one of both kinds is there, even with trouble about the other. */
    public Answer<InetAddress> addresses(String host) {
        Answer<InetAddress> six = ask(host, Type.AAAA, record -> ((AAAARecord) record).getAddress());
        Answer<InetAddress> four = ask(host, Type.A, record -> ((ARecord) record).getAddress());
        List<InetAddress> all = new ArrayList<>(six.values());
        all.addAll(four.values());
        if (!all.isEmpty()) {
            return Answer.found(all);
        }
        if (six.isTrouble()) {
            return six;
        }
        // A name that is there for one kind is there.
        return four.kind() == Kind.NO_SUCH_NAME ? six : four;
    }

    /** The names of an address (PTR), lower-case, without a final dot. */
    public Answer<String> reverse(InetAddress address) {
        return ask(ReverseMap.fromAddress(address), Type.PTR, record -> plain(((PTRRecord) record).getTarget()));
    }

    private interface Reading<T> {
        T value(Record record);
    }

    private <T> Answer<T> ask(String name, int type, Reading<T> reading) {
        Name absolute;
        try {
            // Underscores are not for hosts, but _dmarc and _domainkey are names: only other scripts need the detour.
            boolean ascii = name.chars().allMatch(c -> c < 0x80);
            absolute = Name.fromString(ascii ? name : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            return Answer.none(Kind.NO_SUCH_NAME, "'" + Safe.text(name) + "' can't be a domain name");
        }
        return ask(absolute, type, reading);
    }

    private <T> Answer<T> ask(Name name, int type, Reading<T> reading) {
        String trouble = "no DNS server is known; set dns.servers in config/broadsheet.yml";
        Stopwatch watch = Stopwatch.start();
        for (int round = 0; round < ROUNDS; round++) {
            for (Resolver server : servers) {
                if (watch.elapsed().compareTo(WHOLE) > 0) {
                    return trouble(name, type, trouble);
                }
                Lookup lookup = lookup(name, type, server);
                Record[] records = lookup.run();
                switch (lookup.getResult()) {
                    case Lookup.SUCCESSFUL:
                        return Answer.found(
                                Arrays.stream(records).map(reading::value).toList());
                    case Lookup.HOST_NOT_FOUND:
                        return Answer.none(Kind.NO_SUCH_NAME, plain(name) + " does not exist in DNS");
                    case Lookup.TYPE_NOT_FOUND:
                        return Answer.none(
                                Kind.NO_SUCH_DATA, plain(name) + " has no " + Type.string(type) + " record in DNS");
                    case Lookup.UNRECOVERABLE:
                        // An alias loop and the like: another server says the same.
                        return trouble(name, type, lookup.getErrorString());
                    default:
                        trouble = lookup.getErrorString();
                }
            }
        }
        return trouble(name, type, trouble);
    }

    private Lookup lookup(Name name, int type, Resolver server) {
        Lookup lookup = new Lookup(name, type);
        lookup.setResolver(server);
        lookup.setCache(cache);
        lookup.setHostsFileParser(null);
        return lookup;
    }

    private static <T> Answer<T> trouble(Name name, int type, String why) {
        return Answer.none(Kind.TROUBLE, "DNS gives no " + Type.string(type) + " of " + plain(name) + ": " + why);
    }

    private static String text(TXTRecord record) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        record.getStringsAsByteArrays().forEach(whole::writeBytes);
        return whole.toString(StandardCharsets.UTF_8);
    }

    private static String plain(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }
}
