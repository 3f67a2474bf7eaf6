package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.delivery.MxRoute.Stop;
import io.broadsheet.error.OutsideError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over: a mail server that takes all of ours, or those of one domain. Its connections share what lets them in. Safe for several
 * threads, because it never changes, and {@link Login} may be shared.
 *
 * @param called as errors name it
 * @param mend what an admin looks at when it can't be reached
 * @param name what EHLO says of us (RFC 5321 §4.1.1.1): a host name
 * @param login absent: everybody is let in
 * @param fast whether our own code writes messages
 */
record SmtpServer(
        String called,
        String mend,
        Stops stops,
        int port,
        Waits waits,
        String name,
        @Nullable Login login,
        boolean fast,
        Trust trust) {
    /** Says where to go, in what order. */
    interface Stops {
        /** @throws OutsideError when there is nowhere to go for now */
        List<Stop> now();
    }

    private static final Trust SYSTEM = Trust.system();

    /** The one that takes all our mail. */
    static SmtpServer of(Smtp smtp, String name) {
        return of(smtp, name, SYSTEM);
    }

    static SmtpServer of(Smtp smtp, String name, Trust trust) {
        Tls tls = switch (smtp.security()) {
            case NONE -> Tls.NONE;
            case STARTTLS -> Tls.STARTTLS;
            case TLS -> Tls.FROM_START;
        };
        String called = smtp.host() + ":" + smtp.port();
        return new SmtpServer(
                called,
                "see that it runs, and mail.smtp in config/broadsheet.yml",
                () -> resolved(called, smtp.host(), tls),
                smtp.port(),
                new Waits(smtp.connectTimeout(), smtp.timeout()),
                name,
                Login.of(smtp),
                smtp.fast(),
                trust);
    }

    /** Those of one domain. */
    static SmtpServer of(MxRoute.Through route, Direct direct, String name) {
        return of(route, direct, name, SYSTEM);
    }

    static SmtpServer of(MxRoute.Through route, Direct direct, String name, Trust trust) {
        return new SmtpServer(
                "of " + route.domain(),
                "it is tried again later",
                route::stops,
                direct.port(),
                new Waits(direct.connectTimeout(), direct.timeout()),
                name,
                null,
                true,
                trust);
    }

    /** By the operating system, and so by its hosts file too: a mail server of ours may be known to nobody else. */
    private static List<Stop> resolved(String called, String host, Tls tls) {
        try {
            List<Stop> stops = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                // The name goes along, since the certificate must be good for it.
                stops.add(new Stop(host, InetAddress.getByAddress(host, address.getAddress()), tls));
            }
            return stops;
        } catch (UnknownHostException e) {
            throw new OutsideError(
                    "mail server " + called + ": its name has no address; see mail.smtp.host in config/broadsheet.yml",
                    true,
                    e);
        }
    }
}
