package io.broadsheet.demo;

import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The outside's view of the server: plain HTTP, as a feed reader or a mailbox provider speaks it. Safe for several threads. */
final class Outside {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI server;

    Outside(URI server) {
        this.server = server;
    }

    URI at(String path) {
        return server.resolve(path);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(at(path)).GET();
        return headers.length == 0 ? send(request) : send(request.headers(headers));
    }

    /** What a mailbox provider does at the press of "unsubscribe" (RFC 8058 §3.2). */
    HttpResponse<String> oneClick(URI address) {
        return send(request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutsideError(request.uri() + ": no answer: " + e.getMessage(), true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideError(request.uri() + ": interrupted", true, e);
        }
    }
}
