package io.broadsheet.delivery;

import java.util.List;
import java.util.function.Function;

/** To the receivers' own servers, by their MX records. Domains with the same servers share connections. */
final class DirectRoutes implements Routes {
    /** Receivers count the messages of a connection, and grow wary of one that never ends; it is large enough that connecting costs little. */
    private static final int MESSAGES_MAX = 100;
    /** What Yahoo is known to take. */
    private static final int MESSAGES_MAX_YAHOO = 20;

    private final MxRoutes routes;
    private final Providers providers;
    private final Function<MxRoute.Through, SmtpConnection> connected;

    DirectRoutes(MxRoutes routes, Providers providers, Function<MxRoute.Through, SmtpConnection> connected) {
        this.routes = routes;
        this.providers = providers;
        this.connected = connected;
    }

    @Override
    public Route to(String domain) {
        MxRoute route = routes.route(domain);
        if (route instanceof MxRoute.Nowhere nowhere) {
            return new Route.Nowhere(nowhere.reply());
        }
        MxRoute.Through through = (MxRoute.Through) route;
        providers.learn(domain, through.group());
        return new Route.Via(
                key(through),
                () -> connected.apply(through),
                through.group().equals("yahoo") ? MESSAGES_MAX_YAHOO : MESSAGES_MAX);
    }

    /** The servers, whatever their order this time, and how they are spoken to. */
    private static String key(MxRoute.Through through) {
        List<String> hosts = through.stops().stream()
                .map(stop -> stop.host() + " " + stop.tls())
                .distinct()
                .sorted()
                .toList();
        return String.join(",", hosts);
    }
}
