package io.broadsheet.feedback.webhook;

import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brevo's transactional webhooks: one event a request, or a list where batching is on, authenticated by basic authentication or a bearer token
 * (<a href="https://developers.brevo.com/docs/transactional-webhooks">events</a>). Of its times only {@code ts_epoch} is in UTC; its {@code id} is the
 * webhook's and not the event's.
 */
final class BrevoWebhook implements Webhook {
    private final Credentials credentials;
    private final Clock clock;

    BrevoWebhook(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        return credentials.accept(posted);
    }

    @Override
    public List<Report> read(Posted posted) {
        List<Report> reports = new ArrayList<>();
        for (JsonNode event : Fields.each(posted.json())) {
            if (Fields.text(event, "event") == null) {
                throw posted.malformed("an object with 'event'");
            }
            Report report = report(posted.hook(), event);
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    private @Nullable Report report(String hook, JsonNode event) {
        String status = Fields.status(Fields.text(event, "reason"));
        return switch (Fields.word(event, "event")) {
            case "hard_bounce", "invalid_email" ->
                report(hook, event, Kind.BOUNCE, status == null || !status.startsWith("5.") ? "5.1.1" : status);
            case "soft_bounce" -> report(hook, event, Kind.BOUNCE, Fields.soft(status, "4.0.0"));
            case "deferred" -> report(hook, event, Kind.DELAY, Fields.soft(status, "4.0.0"));
            case "blocked" -> report(hook, event, Kind.BOUNCE, "5.7.1");
            case "spam", "complaint" -> report(hook, event, Kind.COMPLAINT, null);
            case "unsubscribed", "unsubscribe" -> report(hook, event, Kind.UNSUBSCRIBE, null);
            default -> null;
        };
    }

    private Report report(String hook, JsonNode event, Kind kind, @Nullable String status) {
        return new Report(
                kind,
                Fields.text(event, "email"),
                null,
                Fields.text(event, "message-id"),
                status,
                Fields.text(event, "reason"),
                Fields.instant(Fields.text(event, "ts_epoch"), clock.instant()),
                hook,
                null);
    }
}
