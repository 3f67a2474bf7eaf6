package io.broadsheet.feedback.webhook;

import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request to a webhook. Used by one thread. */
final class Posted {
    private final String hook;
    private final Function<String, @Nullable String> headers;
    private final byte[] body;
    private @Nullable JsonNode json;

    /** @param hook its name, for reports and errors */
    Posted(String hook, Function<String, @Nullable String> headers, byte[] body) {
        this.hook = hook;
        this.headers = headers;
        this.body = body;
    }

    String hook() {
        return hook;
    }

    /** A header's value; empty when it was not sent. */
    String header(String name) {
        String value = headers.apply(name);
        return value == null ? "" : value;
    }

    /** As sent, never to be changed: signatures are made over these octets. */
    byte[] body() {
        return body;
    }

    /** @throws UserError when the body is no JSON object or list */
    JsonNode json() {
        JsonNode known = json;
        if (known == null) {
            known = parsed();
            json = known;
        }
        return known;
    }

    private JsonNode parsed() {
        try {
            JsonNode read = Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
            if (read.isObject() || read.isArray()) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("a JSON body");
        }
        throw malformed("a JSON object or list");
    }

    UserError malformed(String expected) {
        return new UserError("webhook " + hook + ": this is not what its provider posts; " + expected + " is expected");
    }
}
