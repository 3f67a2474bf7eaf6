package io.broadsheet.delivery;

import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.OAuth2;
import io.broadsheet.error.OutsideError;
import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one account (RFC 6749 §6): fetched when there is none, when the old one is about to end, and when the mail server refuses it.
 * Goes to the one URL that the admin wrote, and follows no redirect. Safe for several threads, because one fetches and the others wait.
 */
final class AccessTokens {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** Of its end: a token must also last for the rest of the dialogue. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final Duration USUAL = Duration.ofMinutes(30);
    private static final int BYTES_MAX = 64 * 1024;

    private final OAuth2 oauth2;
    private @Nullable String token;
    private @Nullable Secret refreshToken;
    private @Nullable Stopwatch sinceFetch;
    private Duration lasts = Duration.ZERO;

    AccessTokens(OAuth2 oauth2) {
        this.oauth2 = oauth2;
        this.refreshToken = oauth2.refreshToken();
        this.token = oauth2.token() == null ? null : oauth2.token().reveal();
    }

    /** @throws OutsideError when a token is needed and can't be had */
    synchronized String current() {
        String known = token;
        boolean over = sinceFetch != null && sinceFetch.elapsed().compareTo(lasts) >= 0;
        if (known == null || over && oauth2.tokenUrl() != null) {
            known = fetch();
        }
        return known;
    }

    /** Forgets a token that a mail server refused, and answers whether another can be had. */
    synchronized boolean refused(String old) {
        if (oauth2.tokenUrl() == null) {
            return false;
        }
        if (old.equals(token)) {
            token = null;
        }
        return true;
    }

    private String fetch() {
        String url = String.valueOf(oauth2.tokenUrl());
        try {
            HttpResponse<InputStream> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build()
                    .send(request(url), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
                return taken(url, response.statusCode(), text);
            }
        } catch (IOException e) {
            throw trouble(url, "not reached (" + Safe.text(e.getMessage()) + "); see that it can be", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble(url, "not asked, since we are stopping", e);
        }
    }

    private HttpRequest request(String url) {
        StringBuilder form = new StringBuilder("grant_type=refresh_token");
        add(form, "client_id", oauth2.clientId());
        add(form, "client_secret", reveal(oauth2.clientSecret()));
        add(form, "refresh_token", reveal(refreshToken));
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
    }

    private static void add(StringBuilder form, String key, @Nullable String value) {
        if (value != null) {
            form.append('&').append(key).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private String taken(String url, int status, String text) {
        Map<?, ?> answer;
        try {
            answer = Objects.requireNonNullElse(Json.read(text, Map.class), Map.of());
        } catch (RuntimeException e) {
            throw trouble(url, "answered " + status + " and no JSON; see that mail.smtp.oauth2.token-url is right", e);
        }
        if (status != 200 || !(answer.get("access_token") instanceof String fresh) || fresh.isBlank()) {
            // RFC 6749 §5.2: 'invalid_grant' and the like; the rest of the answer may hold what nobody should read.
            String error = answer.get("error") instanceof String word ? " (" + Safe.text(word) + ")" : "";
            throw trouble(
                    url,
                    "answered " + status + error
                            + "; see client-id, client-secret and refresh-token of mail.smtp.oauth2",
                    null);
        }
        Duration told = answer.get("expires_in") instanceof Number seconds
                ? Duration.ofSeconds(Math.max(0, Math.min(seconds.longValue(), 86_400)))
                : USUAL;
        if (answer.get("refresh_token") instanceof String next && !next.isBlank()) {
            // Some providers give another with each use; it lives as long as we do, and the written one starts the next
            // time.
            refreshToken = new Secret(next);
        }
        lasts = told.compareTo(BEFORE.multipliedBy(2)) > 0 ? told.minus(BEFORE) : told.dividedBy(2);
        sinceFetch = Stopwatch.start();
        token = fresh;
        return fresh;
    }

    private static OutsideError trouble(String url, String why, @Nullable Exception cause) {
        return new OutsideError(
                "access token from " + Safe.text(url.replaceFirst("\\?.*", "")) + ": " + why, true, cause);
    }
}
