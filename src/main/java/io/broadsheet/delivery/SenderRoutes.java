package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.dns.Dns;
import io.broadsheet.error.OutsideError;
import io.broadsheet.http.Fetcher;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes the routes of the configured senders. Name servers are met only where a sender goes directly. */
public final class SenderRoutes {
    private final Supplier<Dns> dns;
    private final Fetcher fetcher;
    private final Path policies;
    private final Clock clock;
    private final String name;

    /**
     * @param fetcher fetches MTA-STS policies
     * @param policies a folder where those are kept
     * @param name what EHLO says of us: a host name
     */
    public SenderRoutes(Supplier<Dns> dns, Fetcher fetcher, Path policies, Clock clock, String name) {
        this.dns = dns;
        this.fetcher = fetcher;
        this.policies = policies;
        this.clock = clock;
        this.name = name;
    }

    /** @param providers is told which provider's servers a domain's MX records name */
    Routes of(SenderSettings sender, Providers providers) {
        Smtp smtp = sender.smtp();
        if (smtp != null) {
            // One for all connections, which so share an access token.
            SmtpServer server = SmtpServer.of(smtp, name);
            return Routes.smarthost(() -> opened(new SmtpConnection(server)));
        }
        Direct direct = Objects.requireNonNull(sender.direct());
        Dns names = dns.get();
        MxRoutes routes = new MxRoutes(
                names, new MtaSts(names, fetcher, policies, clock), direct.allowPrivate(), new SecureRandom());
        return new DirectRoutes(routes, providers, through -> opened(SmtpConnection.to(through, direct, name)));
    }

    private static SmtpConnection opened(SmtpConnection connection) {
        try {
            connection.open();
            return connection;
        } catch (OutsideError e) {
            connection.abort();
            throw e;
        }
    }
}
