package io.broadsheet.feedback.webhook;

import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SparkPost's webhooks: a batch of events, authenticated by basic authentication or a bearer token
 * (<a href="https://developers.sparkpost.com/api/webhooks/">webhooks</a>,
 * <a href="https://support.sparkpost.com/docs/deliverability/bounce-classification-codes">bounce classes</a>). Its message id is its own.
 */
final class SparkPostWebhook implements Webhook {
    private final Credentials credentials;
    private final Clock clock;

    SparkPostWebhook(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        return credentials.accept(posted);
    }

    @Override
    public List<Report> read(Posted posted) {
        if (!posted.json().isArray()) {
            throw posted.malformed("a list of events");
        }
        List<Report> reports = new ArrayList<>();
        for (JsonNode element : Fields.each(posted.json())) {
            // {"msys":{"message_event":{…}}}; with nothing in it, a ping.
            element.path("msys").valueStream().forEach(event -> {
                Report report = report(posted.hook(), event);
                if (report != null) {
                    reports.add(report);
                }
            });
        }
        return reports;
    }

    private @Nullable Report report(String hook, JsonNode event) {
        return switch (Fields.word(event, "type")) {
            case "bounce", "out_of_band" -> bounce(hook, event);
            case "policy_rejection" -> report(hook, event, Kind.BOUNCE, "5.7.1");
            case "delay" -> report(hook, event, Kind.DELAY, "4.0.0");
            case "spam_complaint" -> report(hook, event, Kind.COMPLAINT, null);
            case "list_unsubscribe", "link_unsubscribe" -> report(hook, event, Kind.UNSUBSCRIBE, null);
            default -> null;
        };
    }

    private @Nullable Report bounce(String hook, JsonNode event) {
        return switch (Fields.word(event, "bounce_class")) {
            case "10", "30" -> report(hook, event, Kind.BOUNCE, "5.1.1");
            case "22" -> report(hook, event, Kind.BOUNCE, "5.2.2");
            case "23" -> report(hook, event, Kind.BOUNCE, "5.3.4");
            case "24" -> report(hook, event, Kind.BOUNCE, "4.4.7");
            case "25", "50", "51", "52", "53", "54" -> report(hook, event, Kind.BOUNCE, "5.7.1");
            case "60", "80", "100" -> null; // an automatic answer, a subscription, a challenge
            case "90" -> report(hook, event, Kind.UNSUBSCRIBE, null);
            default -> report(hook, event, Kind.BOUNCE, "4.0.0");
        };
    }

    private Report report(String hook, JsonNode event, Kind kind, @Nullable String status) {
        return new Report(
                kind,
                first(event, "raw_rcpt_to", "rcpt_to"),
                first(event, "msg_from", "mailfrom"),
                null,
                status,
                first(event, "raw_reason", "reason"),
                Fields.instant(Fields.text(event, "timestamp"), clock.instant()),
                hook,
                Fields.text(event, "event_id"));
    }

    private static @Nullable String first(JsonNode event, String key, String otherwise) {
        String text = Fields.text(event, key);
        return text == null ? Fields.text(event, otherwise) : text;
    }
}
