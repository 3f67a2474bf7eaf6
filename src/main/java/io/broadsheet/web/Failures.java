package io.broadsheet.web;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.BadMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge where errors become answers: each says what the visitor can do, and none tells of our insides. */
final class Failures implements Routes {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int BUG = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "30";

    private final ErrorPage pages;

    Failures(ErrorPage pages) {
        this.pages = pages;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, this::answer);
        routes.exception(BadMessageException.class, (e, http) -> write(http, e.getCode()));
        routes.exception(
                UserError.class,
                (e, http) -> write(http, BAD_REQUEST, "That did not work", String.join(" ", e.lines())));
        routes.exception(OutsideError.class, this::outside);
        routes.exception(Exception.class, this::bug);
    }

    private void answer(HttpResponseException e, Context http) {
        if (e instanceof MethodNotAllowedResponse) {
            http.header("Allow", allowed(e.getDetails().getOrDefault("availableMethods", "")));
        }
        write(http, e.getStatus());
    }

    private static String allowed(String methods) {
        return Arrays.stream(methods.split("[,\\s]+"))
                .filter(method -> !method.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void outside(OutsideError e, Context http) {
        log.atWarn().addKeyValue("path", route(http)).setCause(e).log("request failed outside of us");
        if (e.retryable()) {
            http.header("Retry-After", RETRY_SECONDS);
        }
        write(http, e.retryable() ? UNAVAILABLE : BAD_GATEWAY);
    }

    private void bug(Exception e, Context http) {
        String number = Long.toString(ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE), Character.MAX_RADIX);
        log.atError()
                .addKeyValue("number", number)
                .addKeyValue("path", route(http))
                .setCause(e)
                .log("request failed");
        write(http, BUG, "Something broke", "It was noted under the number " + number + ". Try again later.");
    }

    /** The route, not the path: that may hold a token. */
    private static String route(Context http) {
        return http.endpoints().list().stream()
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .reduce((one, next) -> next)
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .orElse(Safe.text(http.req().getMethod()));
    }

    private void write(Context http, int status) {
        switch (status) {
            case NOT_FOUND ->
                write(http, status, "Not found", "There is nothing at this address. Start from the home page.");
            case NOT_ALLOWED -> write(http, status, "Not possible here", "This address can't be asked in that way.");
            case GONE -> write(http, status, "Gone", "This was closed for good. Start from the home page.");
            case TOO_LARGE -> write(http, status, "Too large", "Send less.");
            case TOO_MANY -> write(http, status, "Too many requests", "Wait a few minutes, then try again.");
            case BAD_GATEWAY, UNAVAILABLE ->
                write(http, status, "Not available right now", "Try again in a few minutes.");
            default -> write(http, status, "That did not work", "Check what you sent, then try again.");
        }
    }

    private void write(Context http, int status, String heading, String message) {
        http.header("Cache-Control", "no-store");
        if (http.path().startsWith(Problem.PATHS)) {
            new Problem(status, heading, message, List.of()).answer(http);
            return;
        }
        http.status(status);
        try {
            http.contentType(pages.mediaType()).result(pages.write(status, heading, message));
        } catch (IllegalStateException e) {
            log.atError().setCause(e).log("error page not written");
            http.contentType(ErrorPage.PLAIN.mediaType()).result(ErrorPage.PLAIN.write(status, heading, message));
        }
    }
}
