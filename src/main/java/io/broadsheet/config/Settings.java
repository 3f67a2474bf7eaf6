package io.broadsheet.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code config/broadsheet.yml}, whole: what is not written there has the default that {@code docs/config.md} names.
 *
 * @param senders from {@code config/senders.yml}; where that names none, the one of {@code mail.smtp}
 * @param paused whether nothing is composed or mailed on schedule for now
 */
public record Settings(
        Site site,
        Server server,
        DatabaseSettings database,
        Mail mail,
        List<SenderSettings> senders,
        Fetch fetch,
        Names dns,
        boolean paused) {
    public Settings {
        senders = List.copyOf(senders);
    }

    /** Reads the home's file; a missing one means all defaults. */
    public static Loaded<Settings> load(Home home) {
        Loaded<Settings> settings = new SettingsReader(home, System::getenv).load();
        Loaded<List<SenderSettings>> senders = SendersReader.load(home, System::getenv);
        List<Problem> problems = new ArrayList<>(settings.problems());
        problems.addAll(senders.problems());
        return new Loaded<>(
                senders.value().isEmpty() ? settings.value() : settings.value().with(senders.value()), problems);
    }

    /** Every key that is read; the documentation is held to it. */
    public static Set<String> keys() {
        return SettingsReader.keys();
    }

    /** Every key of one entry of {@code config/senders.yml}. */
    public static Set<String> senderKeys() {
        return SendersReader.keys();
    }

    private Settings with(List<SenderSettings> named) {
        return new Settings(site, server, database, mail, named, fetch, dns, paused);
    }

    /**
     * Who publishes.
     *
     * @param url public base of every link: http(s), without a trailing slash
     * @param language BCP 47 tag
     */
    public record Site(String title, String url, String language, ZoneId timeZone) {}

    /**
     * The HTTP server.
     *
     * @param opsListen where health and metrics are served; absent: with everything else
     * @param trustedProxies addresses or CIDRs whose {@code X-Forwarded-For} counts
     * @param grace how long a stop waits for the requests and messages in flight
     */
    public record Server(
            ListenAddress listen, @Nullable ListenAddress opsListen, List<String> trustedProxies, Duration grace) {
        public Server {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * The database.
     *
     * @param url JDBC URL of SQLite or PostgreSQL, ready for use: a SQLite file is absolute
     * @param user absent: none
     * @param password absent: none
     */
    public record DatabaseSettings(
            String url, @Nullable String user, @Nullable Secret password) {
        public boolean isPostgres() {
            return url.startsWith("jdbc:postgresql:");
        }
    }

    /**
     * Mail that goes out.
     *
     * @param replyTo absent: answers go to {@code from}
     * @param postalAddress shown at the foot of every mail; absent: left out
     * @param retry how long a deferred delivery waits before its second, third … attempt, at least one; the last is used from then on
     * @param giveUp how long after it was queued a deferred delivery is given up
     * @param confirmAbove with more recipients than this, sending by hand asks first
     * @param holdAbove with more recipients than this, an edition that a slot asked for is composed and waits for an admin; the largest number: none does
     * @param dkim the keys that sign what goes out, each for its domain; none: mail goes unsigned
     * @param feedback where bounces and unsubscribes arrive, and what follows
     */
    public record Mail(
            Mailbox from,
            @Nullable Mailbox replyTo,
            @Nullable String postalAddress,
            Smtp smtp,
            List<Duration> retry,
            Duration giveUp,
            int confirmAbove,
            int holdAbove,
            List<Dkim> dkim,
            Feedback feedback) {
        public Mail {
            retry = List.copyOf(retry);
            dkim = List.copyOf(dkim);
            if (retry.isEmpty()) {
                throw new IllegalArgumentException("no wait");
            }
        }
    }

    /**
     * A key that signs mail (RFC 6376).
     *
     * @param domain the signing domain, lower-case ASCII
     * @param selector what tells it from the domain's other keys
     * @param file with the private key
     * @param line where this stands in {@code config/broadsheet.yml}
     */
    public record Dkim(String domain, String selector, Path file, int line) {
        /** As errors name it: {@code config/broadsheet.yml:31}. */
        public String at() {
            return "config/" + Home.SETTINGS + ":" + line;
        }
    }

    /**
     * What comes back.
     *
     * @param returnPath the address that bounces go to, each with its token behind a plus; absent: they go to whom the mail is from
     * @param suppress when an address is mailed no more
     * @param unsubscribeAddress where a mail, with its token behind a plus, unsubscribes; absent: nowhere
     * @param doors the ways by which it comes
     */
    public record Feedback(
            @Nullable String returnPath,
            Suppress suppress,
            @Nullable String unsubscribeAddress,
            FeedbackDoors doors) {}

    /**
     * When temporary failures make an end.
     *
     * @param soft so many of them, with no mail delivered in between
     * @param within this span of time
     */
    public record Suppress(int soft, Duration within) {}

    /**
     * The mail server that takes our mail.
     *
     * @param username absent: no authentication
     * @param password present with {@code username}
     * @param connections kept open and used at once, at least 1
     * @param connectTimeout until the connection stands
     * @param timeout for one reply
     * @param oauth2 how we are let in instead of by a password; absent: by the password, if there is one
     * @param fast whether messages are written by our own code, with PIPELINING; else by Jakarta Mail's, command by command
     */
    public record Smtp(
            String host,
            int port,
            Security security,
            @Nullable Secret username,
            @Nullable Secret password,
            int connections,
            Duration connectTimeout,
            Duration timeout,
            @Nullable OAuth2 oauth2,
            boolean fast) {
        /** With a password or without any, and fast. */
        public Smtp(
                String host,
                int port,
                Security security,
                @Nullable Secret username,
                @Nullable Secret password,
                int connections,
                Duration connectTimeout,
                Duration timeout) {
            this(host, port, security, username, password, connections, connectTimeout, timeout, null, true);
        }
    }

    /**
     * How an access token is had (RFC 6749), with which the mail server lets us in (XOAUTH2).
     *
     * @param token the first one; absent: it is asked for, with all of what follows but the client's secret
     * @param tokenUrl of the provider's token endpoint: https, or http on loopback
     * @param clientSecret absent for a client that has none
     */
    public record OAuth2(
            @Nullable Secret token,
            @Nullable String tokenUrl,
            @Nullable String clientId,
            @Nullable Secret clientSecret,
            @Nullable Secret refreshToken) {
        public OAuth2 {
            if (token == null && (tokenUrl == null || clientId == null || refreshToken == null)) {
                throw new IllegalArgumentException("neither a token, nor what it is asked for with");
            }
        }
    }

    /** How the SMTP connection is protected. */
    public enum Security {
        /** Not at all. */
        NONE,
        /** Turned to TLS by STARTTLS; without it nothing is sent. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314 §3.3). */
        TLS
    }

    /**
     * How sources are fetched.
     *
     * @param allowPrivate host names, addresses or CIDRs that may be fetched though they are private
     * @param maxBytes of one document, unpacked
     * @param timeout for one whole fetch
     * @param ports that may be connected to
     * @param perHost the least time between two requests to one host
     * @param websub whether hubs are asked to push what is new
     */
    public record Fetch(
            String userAgent,
            List<String> allowPrivate,
            long maxBytes,
            Duration timeout,
            List<Integer> ports,
            Duration perHost,
            boolean websub) {
        public Fetch {
            allowPrivate = List.copyOf(allowPrivate);
            ports = List.copyOf(ports);
        }
    }

    /**
     * How names are looked up.
     *
     * @param servers asked in this order; none: those of the operating system
     */
    public record Names(List<InetSocketAddress> servers) {
        public Names {
            servers = List.copyOf(servers);
        }
    }
}
