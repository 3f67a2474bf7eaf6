package io.broadsheet.web.websub;

import io.broadsheet.source.AnswerHub;
import io.broadsheet.source.AnswerHub.Intent;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /websub/TOKEN}: GET is a hub's question, POST is a push. */
public final class HubRoutes implements Routes {
    private static final int ACCEPTED = 202;
    private static final int GONE = 410;

    private final AnswerHub answerHub;
    private final PushQueue queue;
    private final int bytesMax;

    /** @param bytesMax of one pushed document */
    public HubRoutes(AnswerHub answerHub, PushQueue queue, int bytesMax) {
        this.answerHub = answerHub;
        this.queue = queue;
        this.bytesMax = bytesMax;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/websub/{token}", this::confirm);
        routes.post("/websub/{token}", this::push);
    }

    /** The challenge goes back as it came; as plain text that is not to be sniffed, whatever is in it. */
    private void confirm(Context http) {
        String mode = http.queryParam("hub.mode");
        Intent intent = new Intent(
                mode == null ? "" : mode,
                http.queryParam("hub.topic"),
                http.queryParam("hub.challenge"),
                http.queryParam("hub.lease_seconds"),
                http.queryParam("hub.reason"));
        String answer = answerHub.confirm(http.pathParam("token"), intent).orElseThrow(NotFoundResponse::new);
        http.header("Cache-Control", "no-store")
                .contentType("text/plain; charset=utf-8")
                .result(answer);
    }

    /** Answered before it is worked on (§7). A wrong signature is answered as a right one, so that nobody can try until it fits (§8). */
    private void push(Context http) {
        OptionalLong subscription = answerHub.subscription(http.pathParam("token"));
        if (subscription.isEmpty()) {
            throw new NotFoundResponse();
        }
        http.header("Cache-Control", "no-store").status(ACCEPTED);
        byte[] body = body(http);
        if (body == null) {
            queue.visitInstead(subscription.getAsLong());
            return;
        }
        switch (answerHub.push(subscription.getAsLong(), http.header("X-Hub-Signature"), body)) {
            case OWED -> queue.add(subscription.getAsLong(), body, http.contentType());
            case GONE -> http.status(HttpStatus.forStatus(GONE));
            case IGNORED -> http.status(ACCEPTED);
        }
    }

    /** Null when it is too large. */
    private byte @Nullable [] body(Context http) {
        if (http.req().getContentLengthLong() > bytesMax) {
            return null;
        }
        try {
            byte[] body = http.req().getInputStream().readNBytes(bytesMax + 1);
            return body.length > bytesMax ? null : body;
        } catch (IOException e) {
            throw new UncheckedIOException("the request broke off", e);
        }
    }
}
