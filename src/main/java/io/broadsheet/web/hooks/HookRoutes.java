package io.broadsheet.web.hooks;

import io.broadsheet.feedback.webhook.TakeWebhook;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code POST /hooks/mail/NAME}. */
public final class HookRoutes implements Routes {
    private final TakeWebhook takeWebhook;

    public HookRoutes(TakeWebhook takeWebhook) {
        this.takeWebhook = takeWebhook;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(Routes.LARGE_BODIES + "mail/{name}", this::take);
    }

    private void take(Context http) {
        switch (takeWebhook.take(http.pathParam("name"), http::header, body(http))) {
            case TAKEN -> http.header("Cache-Control", "no-store").status(204);
            case UNKNOWN -> throw new NotFoundResponse();
            case REFUSED -> throw new ForbiddenResponse();
        }
    }

    /** The octets themselves, since signatures are made over them. */
    private static byte[] body(Context http) {
        try {
            byte[] body = http.req().getInputStream().readNBytes(Routes.LARGE_BYTES_MAX + 1);
            if (body.length > Routes.LARGE_BYTES_MAX) {
                throw new ContentTooLargeResponse();
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException("the request broke off", e);
        }
    }
}
