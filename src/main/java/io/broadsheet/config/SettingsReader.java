package io.broadsheet.config;

import io.broadsheet.config.Settings.DatabaseSettings;
import io.broadsheet.config.Settings.Dkim;
import io.broadsheet.config.Settings.Fetch;
import io.broadsheet.config.Settings.Mail;
import io.broadsheet.config.Settings.Names;
import io.broadsheet.config.Settings.OAuth2;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Server;
import io.broadsheet.config.Settings.Site;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.error.UserError;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/broadsheet.yml}. All defaults are here. */
final class SettingsReader {
    /** Greylisting lifts within minutes; after that a server that is down is asked ever more rarely (RFC 5321 §4.5.4.1). */
    private static final List<Duration> RETRY = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private static final Duration GIVE_UP = Duration.ofDays(2); // RFC 5321 names 4 to 5 days; news is old by then
    private static final int CONNECTIONS = 10;
    private static final int CONNECTIONS_MAX = 200;
    private static final long FETCH_BYTES = 5L * 1024 * 1024;
    private static final long FETCH_BYTES_MAX = 1024L * 1024 * 1024;
    private static final int PORT_MAX = 65_535;

    private final Reading reading;

    SettingsReader(Home home, Function<String, @Nullable String> environment) {
        String file = home.relative(home.config(Home.SETTINGS));
        this.reading = new Reading(home, file, environment, false);
    }

    Loaded<Settings> load() {
        return YamlFile.mapping(reading, root -> settings(reading.home, root));
    }

    /** Every key that is read; {@code docs/config.md} is held to it. */
    static Set<String> keys() {
        Home home = Home.at(Path.of("")); // nothing of it is read for the keys
        return YamlFile.keys(root -> settings(home, root));
    }

    private static Settings settings(Home home, YamlMap root) {
        Site site = root.map("site", SettingsReader::site);
        record Outgoing(Mail mail, SenderSettings sender) {}
        Outgoing outgoing = root.map("mail", map -> {
            Mail mail = mail(home, site, map);
            return new Outgoing(mail, sender(mail.smtp(), map));
        });
        return new Settings(
                site,
                root.map("server", SettingsReader::server),
                root.map("database", map -> database(home, map)),
                outgoing.mail(),
                List.of(outgoing.sender()),
                root.map("fetch", map -> fetch(site, map)),
                root.map("dns", map -> new Names(map.list("servers", SettingsReader::dnsServer))),
                root.flag("paused").orElse(false));
    }

    private static Site site(YamlMap map) {
        return new Site(
                map.line("title").orElse("Broadsheet"),
                map.value("url", SettingsReader::baseUrl).orElse("http://127.0.0.1:8080"),
                map.language("language").orElse("en"),
                map.zone("time-zone").orElse(ZoneOffset.UTC));
    }

    private static String baseUrl(String text) {
        String url = Words.url(text);
        if (url.contains("?") || url.contains("#")) {
            throw new UserError("'" + text + "' is no base for links; write it without '?' and '#'");
        }
        return url.replaceFirst("/+$", "");
    }

    private static Server server(YamlMap map) {
        return new Server(
                map.value("listen", ListenAddress::of).orElse(new ListenAddress("127.0.0.1", 8080)),
                map.value("ops-listen", ListenAddress::of).orElse(null),
                map.list("trusted-proxies", Words::network),
                map.duration("grace").orElse(Duration.ofSeconds(30)));
    }

    private static DatabaseSettings database(Home home, YamlMap map) {
        String url = map.secretText("url").orElse("jdbc:sqlite:data/broadsheet.db");
        if (url.startsWith("jdbc:sqlite:")) {
            sqlite(map, url);
        } else if (!url.startsWith("jdbc:postgresql:")) {
            map.problem(
                    "url",
                    "'url': this database is not known; write jdbc:sqlite:data/broadsheet.db or jdbc:postgresql://host/db");
        } else if (url.contains("password=")) {
            map.problem("url", "'url': a password in the URL ends up in logs; write it as database.password");
        }
        return new DatabaseSettings(
                home.databaseUrl(url),
                map.secretText("user").orElse(null),
                map.secret("password").orElse(null));
    }

    private static void sqlite(YamlMap map, String url) {
        String file = url.substring("jdbc:sqlite:".length());
        if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:") || file.contains("?")) {
            map.problem("url", "'url': name a file after jdbc:sqlite: and nothing else, such as data/broadsheet.db");
        }
    }

    private static Mail mail(Home home, Site site, YamlMap map) {
        List<Duration> retry = map.oneOrMore("retry", SettingsReader::positive);
        return new Mail(
                map.mailbox("from").orElseGet(() -> senderOf(site)),
                map.mailbox("reply-to").orElse(null),
                map.text("postal-address").orElse(null),
                map.map("smtp", SettingsReader::smtp),
                retry.isEmpty() ? RETRY : retry,
                map.duration("give-up").orElse(GIVE_UP),
                map.whole("confirm-above", 0, Integer.MAX_VALUE).orElse(0),
                map.whole("hold-above", 0, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                map.maps("dkim", entry -> dkim(home, entry)),
                FeedbackReader.read(map));
    }

    private static Dkim dkim(Home home, YamlMap map) {
        return new Dkim(
                map.required("domain", map.value("domain", text -> Words.host(text.toLowerCase(Locale.ROOT))))
                        .orElse(""),
                map.required("selector", map.value("selector", SettingsReader::selector))
                        .orElse(""),
                map.required("key", map.value("key", text -> keyFile(home, text)))
                        .orElse(home.folder()),
                map.line());
    }

    /** RFC 6376 §3.1: labels of a domain. */
    private static String selector(String text) {
        if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")) {
            throw new UserError("'" + text + "' is not a selector; write a-z, 0-9 and '-', such as b202611-rsa");
        }
        return text;
    }

    /** A private key is kept apart from what people show each other. */
    private static Path keyFile(Home home, String text) {
        if (!text.startsWith("file:") || text.length() == "file:".length()) {
            throw new UserError("write file: and the path of the private key, such as file:secrets/dkim.pem");
        }
        try {
            return home.resolve(text.substring("file:".length()));
        } catch (InvalidPathException e) {
            throw new UserError("no file can have this name; write one such as file:secrets/dkim.pem");
        }
    }

    private static SenderSettings sender(Smtp smtp, YamlMap map) {
        return new SenderSettings(
                SenderSettings.DEFAULT, 1, List.of(), smtp, null, SendersReader.pacing(map), SendersReader.warmUp(map));
    }

    static Duration positive(String text) {
        Duration wait = Words.duration(text);
        if (wait.isZero()) {
            throw new UserError("a wait is at least 1s");
        }
        return wait;
    }

    /** {@code news@} the site's host; a bare address is no domain of a mailbox, so that one becomes localhost. */
    private static Mailbox senderOf(Site site) {
        @Nullable String host = URI.create(site.url()).getHost();
        boolean named = host != null && host.matches(".*[a-z]") && !host.contains(":");
        return new Mailbox(site.title(), "news@" + (named ? host : "localhost"));
    }

    static Smtp smtp(YamlMap map) {
        Security security = map.word("security", Security.class).orElse(Security.NONE);
        int port = switch (security) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
        Smtp smtp = new Smtp(
                map.value("host", Words::host).orElse("127.0.0.1"),
                map.whole("port", 1, PORT_MAX).orElse(port),
                security,
                map.secret("username").orElse(null),
                map.secret("password").orElse(null),
                map.whole("connections", 1, CONNECTIONS_MAX).orElse(CONNECTIONS),
                map.value("connect-timeout", SettingsReader::positive).orElse(Duration.ofSeconds(15)),
                map.value("timeout", SettingsReader::positive).orElse(Duration.ofMinutes(5)),
                oauth2(map),
                map.flag("fast").orElse(true));
        boolean byToken = map.has("oauth2");
        if (byToken && !map.has("username")) {
            map.problem("oauth2", "oauth2 lets a username in; write it too");
        } else if (!byToken && map.has("username") != map.has("password")) {
            map.problem(
                    map.has("username") ? "username" : "password",
                    "username and password belong together; write both or neither");
        }
        return smtp;
    }

    private static @Nullable OAuth2 oauth2(YamlMap map) {
        boolean there = map.has("oauth2");
        OAuth2 oauth2 = map.map("oauth2", keys -> oauth2(keys, there));
        return there ? oauth2 : null;
    }

    private static OAuth2 oauth2(YamlMap map, boolean there) {
        @Nullable Secret token = map.secret("token").orElse(null);
        @Nullable String url = map.value("token-url", SettingsReader::tokenUrl).orElse(null);
        @Nullable String client = map.text("client-id").orElse(null);
        @Nullable Secret secret = map.secret("client-secret").orElse(null);
        @Nullable Secret refresh = map.secret("refresh-token").orElse(null);
        boolean whole = url != null && client != null && refresh != null;
        boolean any = map.has("token-url") || map.has("client-id") || map.has("refresh-token");
        if (there && (any ? !whole : !map.has("token"))) {
            map.problem("token", "write 'token', or 'token-url', 'client-id' and 'refresh-token', or all of them");
        }
        // What is incomplete was told above, and is never used.
        return token == null && !whole
                ? new OAuth2(new Secret(""), null, null, null, null)
                : new OAuth2(token, url, client, secret, refresh);
    }

    private static String tokenUrl(String text) {
        String url = Words.url(text);
        if (!url.startsWith("https:") && !url.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])([:/].*)?")) {
            throw new UserError("'" + text + "' would send secrets without protection; write an https URL");
        }
        return url;
    }

    private static Fetch fetch(Site site, YamlMap map) {
        List<Integer> ports = map.list("ports", SettingsReader::port);
        return new Fetch(
                map.line("user-agent").orElse("Broadsheet (+" + site.url() + ")"),
                map.list("allow-private", Words::hostOrNetwork),
                map.value("max-bytes", SettingsReader::documentBytes).orElse(FETCH_BYTES),
                map.value("timeout", SettingsReader::positive).orElse(Duration.ofSeconds(30)),
                ports.isEmpty() ? List.of(80, 443) : ports,
                map.duration("per-host").orElse(Duration.ofSeconds(1)),
                // A hub must reach us, and what it is told about us must stay between it and us.
                map.flag("websub").orElse(site.url().startsWith("https:")));
    }

    /** An address, since a name would need a server to look it up; with its port where that isn't 53. */
    private static InetSocketAddress dnsServer(String text) {
        boolean withPort = text.matches("[0-9.]+:[0-9]+|\\[.*]:[0-9]+");
        ListenAddress server = withPort ? ListenAddress.of(text) : new ListenAddress(text, 53);
        if (server.host().contains("/")) {
            throw new UserError("'" + text + "' is a network; write the address of one server");
        }
        return new InetSocketAddress(Words.network(server.host()), server.port());
    }

    private static long documentBytes(String text) {
        long bytes = Words.bytes(text);
        if (bytes < 1024 || bytes > FETCH_BYTES_MAX) {
            throw new UserError("'" + text + "' is not from 1KiB to 1GiB");
        }
        return bytes;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > PORT_MAX) {
            throw new UserError("'" + text + "' is not a port; write 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
