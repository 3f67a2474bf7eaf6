package io.broadsheet.web.site;

import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.Subscribe;
import io.broadsheet.subscriber.Subscribe.Confirmation;
import io.broadsheet.subscriber.Subscribe.Visitor;
import io.broadsheet.subscriber.Unsubscribe;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.RateLimit;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Subscribe, confirm, unsubscribe. A GET changes nothing, since scanners open links; a POST needs no cookie and no token but the one in its address.
 * Whoever asks for a subscription learns nothing about an address.
 */
public final class SubscriptionRoutes implements Routes {
    /** A household or an office may share an address; a machine that mails strangers may not have many. */
    private static final int REQUESTS_MAX = 30;

    private static final Duration REQUESTS_WINDOW = Duration.ofMinutes(10);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    private final Newsroom newsroom;
    private final Pages pages;
    private final Subscribe subscribe;
    private final Unsubscribe unsubscribe;
    private final ClientAddress clients;
    private final RateLimit limit;

    public SubscriptionRoutes(
            Newsroom newsroom,
            Pages pages,
            Subscribe subscribe,
            Unsubscribe unsubscribe,
            ClientAddress clients,
            Clock clock) {
        this.newsroom = newsroom;
        this.pages = pages;
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
        this.clients = clients;
        this.limit = new RateLimit(clock, REQUESTS_MAX, REQUESTS_WINDOW);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.read(routes, "/subscribe/{newsletter}", http -> show(http, pages.subscribe(newsletter(http), "", "")));
        routes.post("/subscribe/{newsletter}", this::request);
        Routes.read(routes, "/confirm/{token}", this::askToConfirm);
        routes.post("/confirm/{token}", this::confirm);
        Routes.read(routes, "/u/{token}", this::askToUnsubscribe);
        routes.post("/u/{token}", this::unsubscribe);
    }

    private void request(Context http) {
        Newsletter newsletter = newsletter(http);
        String email = field(http, "email");
        if (!limit.admits(ClientAddress.network(clients.of(http)))) {
            http.header("Retry-After", Long.toString(limit.window().toSeconds()))
                    .status(TOO_MANY);
            show(http, pages.write(TOO_MANY, "Too many requests", "Wait ten minutes, then try again."));
            return;
        }
        // Only people leave it empty; whoever filled it is told what people are told.
        if (field(http, SiteViews.HONEYPOT).isEmpty()) {
            try {
                subscribe.request(newsletter.name(), email, visitor(http));
            } catch (UserError e) {
                http.status(BAD_REQUEST);
                show(http, pages.subscribe(newsletter, Safe.text(email), String.join(" ", e.lines())));
                return;
            }
        }
        show(http, pages.subscribed(newsletter));
    }

    private void askToConfirm(Context http) {
        String token = http.pathParam("token");
        Confirmation state = subscribe.look(token);
        Newsletter newsletter = state.newsletter();
        if (state.outcome() == Subscribe.Outcome.CONFIRMED && newsletter != null) {
            show(http, pages.confirm(newsletter, token));
        } else {
            showOutcome(http, state);
        }
    }

    private void confirm(Context http) {
        showOutcome(http, subscribe.confirm(http.pathParam("token"), visitor(http)));
    }

    private void showOutcome(Context http, Confirmation state) {
        Newsletter newsletter = state.newsletter();
        if (newsletter == null || state.outcome() == Subscribe.Outcome.UNKNOWN) {
            http.status(NOT_FOUND);
            show(http, pages.write(NOT_FOUND, "Not a link of ours", "Open the link in the mail again, as a whole."));
        } else if (state.outcome() == Subscribe.Outcome.EXPIRED) {
            http.status(GONE);
            show(http, pages.write(GONE, "This link has expired", "Subscribe again from the home page."));
        } else {
            show(http, pages.confirmed(newsletter));
        }
    }

    private void askToUnsubscribe(Context http) {
        String token = http.pathParam("token");
        show(http, pages.unsubscribe(unsubscribe.look(token).orElseThrow(NotFoundResponse::new), token));
    }

    /**
     * RFC 8058 §3.2: {@code List-Unsubscribe=One-Click} in either form encoding, from a mailbox provider without cookies; or our page's button. Both
     * mean the same, so the body isn't looked at: no encoding of it can keep a reader subscribed.
     */
    private void unsubscribe(Context http) {
        Newsletter ended =
                unsubscribe.byToken(http.pathParam("token"), visitor(http)).orElseThrow(NotFoundResponse::new);
        show(http, pages.unsubscribed(ended));
    }

    private Newsletter newsletter(Context http) {
        return newsroom.newsletter(http.pathParam("newsletter")).orElseThrow(NotFoundResponse::new);
    }

    private Visitor visitor(Context http) {
        @Nullable String agent = http.userAgent();
        return new Visitor(clients.of(http), agent == null ? null : Safe.text(agent));
    }

    private static String field(Context http, String name) {
        String value = http.formParam(name);
        return value == null ? "" : value;
    }

    /** Addresses with tokens, and what was typed, belong in no cache and no search engine. */
    private void show(Context http, String page) {
        http.header("Cache-Control", "no-store")
                .header("X-Robots-Tag", "noindex")
                .contentType(pages.mediaType())
                .result(page);
    }
}
