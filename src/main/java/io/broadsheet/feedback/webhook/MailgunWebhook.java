package io.broadsheet.feedback.webhook;

import io.broadsheet.config.Secret;
import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Mailgun's webhooks: one event a request, with an HMAC over timestamp and token
 * (<a href="https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks">securing webhooks</a>). The HMAC doesn't cover the
 * event, so that a token counts for one body only: whoever overhears a request can't put another event under its signature.
 */
final class MailgunWebhook implements Webhook {
    /** It tries again for 8 hours. */
    private static final Duration WINDOW = Duration.ofHours(9);

    /** Tokens remembered, about 2 MB; past that the oldest goes. */
    private static final int TOKENS_MAX = 10_000;

    private final Secret key;
    private final Clock clock;
    private final Map<String, String> bodyByToken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > TOKENS_MAX;
        }
    };

    MailgunWebhook(Secret key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        JsonNode proof = posted.json().path("signature");
        String timestamp = Fields.word(proof, "timestamp");
        String token = Fields.word(proof, "token");
        if (!timestamp.matches("\\d{9,11}") || token.isEmpty()) {
            return false;
        }
        byte[] expected = Proof.hmacSha256(
                key.reveal().getBytes(StandardCharsets.UTF_8), (timestamp + token).getBytes(StandardCharsets.UTF_8));
        boolean signed = Proof.same(
                Fields.word(proof, "signature").toLowerCase(Locale.ROOT),
                HexFormat.of().formatHex(expected));
        return signed
                && Proof.isFresh(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock, WINDOW)
                && isOfItsBody(token, posted);
    }

    private synchronized boolean isOfItsBody(String token, Posted posted) {
        String known = bodyByToken.get(token);
        return known == null || known.equals(digest(posted));
    }

    @Override
    public synchronized void taken(Posted posted) {
        bodyByToken.putIfAbsent(Fields.word(posted.json(), "signature", "token"), digest(posted));
    }

    private static String digest(Posted posted) {
        return HexFormat.of().formatHex(Proof.sha256(posted.body()));
    }

    @Override
    public List<Report> read(Posted posted) {
        JsonNode event = posted.json().path("event-data");
        if (!event.isObject()) {
            throw posted.malformed("an object with 'event-data'");
        }
        Report report = report(posted, event);
        return report == null ? List.of() : List.of(report);
    }

    private @Nullable Report report(Posted posted, JsonNode event) {
        return switch (Fields.word(event, "event")) {
            case "failed" ->
                Fields.word(event, "severity").equals("temporary")
                        ? report(posted, event, Kind.DELAY, status(event))
                        : failed(posted, event);
            case "complained" -> report(posted, event, Kind.COMPLAINT, null);
            case "unsubscribed" -> report(posted, event, Kind.UNSUBSCRIBE, null);
            default -> null; // "rejected" too: Mailgun did not like our mail, which is not the reader's doing
        };
    }

    private Report failed(Posted posted, JsonNode event) {
        return switch (Fields.word(event, "reason")) {
            case "suppress-bounce" -> report(posted, event, Kind.BOUNCE, "5.1.1");
            case "suppress-complaint" -> report(posted, event, Kind.COMPLAINT, null);
            case "suppress-unsubscribe" -> report(posted, event, Kind.UNSUBSCRIBE, null);
            case "espblock" -> report(posted, event, Kind.BOUNCE, "5.7.1");
            case "old" -> report(posted, event, Kind.BOUNCE, "4.4.7");
            default -> {
                String status = status(event);
                boolean silent = status == null && Fields.text(event, "delivery-status", "message") == null;
                yield report(posted, event, Kind.BOUNCE, silent ? "5.0.0" : status);
            }
        };
    }

    private static @Nullable String status(JsonNode event) {
        JsonNode delivery = event.path("delivery-status");
        for (String key : List.of("enhanced-code", "bounce-code", "message")) {
            String status = Fields.status(Fields.text(delivery, key));
            if (status != null) {
                return status;
            }
        }
        return null;
    }

    private Report report(Posted posted, JsonNode event, Kind kind, @Nullable String status) {
        String said = Fields.text(event, "delivery-status", "message");
        return new Report(
                kind,
                Fields.text(event, "recipient"),
                Fields.text(event, "envelope", "sender"),
                Fields.text(event, "message", "headers", "message-id"),
                status,
                said == null ? Fields.text(event, "delivery-status", "description") : said,
                Fields.instant(Fields.text(event, "timestamp"), clock.instant()),
                posted.hook(),
                Fields.text(event, "id"));
    }
}
