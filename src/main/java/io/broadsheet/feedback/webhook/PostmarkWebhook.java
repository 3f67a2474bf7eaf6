package io.broadsheet.feedback.webhook;

import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Postmark's webhooks: one record a request, authenticated by basic authentication or a header of our choice
 * (<a href="https://postmarkapp.com/developer/webhooks/bounce-webhook">bounces</a>,
 * <a href="https://postmarkapp.com/developer/api/bounce-api#bounce-types">their types</a>). Its message id is its own, so that the address tells whom a
 * record is about.
 */
final class PostmarkWebhook implements Webhook {
    private final Credentials credentials;
    private final Clock clock;

    PostmarkWebhook(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        return credentials.accept(posted);
    }

    @Override
    public List<Report> read(Posted posted) {
        JsonNode entry = posted.json();
        Report report = switch (Fields.word(entry, "RecordType")) {
            case "Bounce" -> bounce(posted.hook(), entry);
            case "SpamComplaint" -> report(posted.hook(), entry, Kind.COMPLAINT, null);
            case "SubscriptionChange" -> change(posted.hook(), entry);
            case "" -> throw posted.malformed("an object with 'RecordType'");
            default -> null;
        };
        return report == null ? List.of() : List.of(report);
    }

    private @Nullable Report bounce(String hook, JsonNode entry) {
        return switch (Fields.word(entry, "Type")) {
            case "HardBounce", "BadEmailAddress" -> report(hook, entry, Kind.BOUNCE, "5.1.1");
            case "SoftBounce", "DnsError", "Unknown" ->
                report(hook, entry, Kind.BOUNCE, Fields.soft(Fields.status(Fields.text(entry, "Details")), "4.0.0"));
            case "Transient" -> report(hook, entry, Kind.DELAY, "4.0.0");
            case "SpamNotification", "VirusNotification", "Blocked", "DMARCPolicy" ->
                report(hook, entry, Kind.BOUNCE, "5.7.1");
            case "SpamComplaint" -> report(hook, entry, Kind.COMPLAINT, null);
            case "Unsubscribe" -> report(hook, entry, Kind.UNSUBSCRIBE, null);
            default -> null; // automatic answers, challenges, and mistakes of ours
        };
    }

    /** Bounces and complaints come as records of their own. */
    private @Nullable Report change(String hook, JsonNode entry) {
        boolean left = Fields.at(entry, "SuppressSending").asBoolean(false)
                && Fields.word(entry, "SuppressionReason").equals("ManualSuppression");
        if (!left) {
            return null;
        }
        return new Report(
                Kind.UNSUBSCRIBE,
                Fields.text(entry, "Recipient"),
                null,
                null,
                null,
                null,
                Fields.instant(Fields.text(entry, "ChangedAt"), clock.instant()),
                hook,
                null);
    }

    private Report report(String hook, JsonNode entry, Kind kind, @Nullable String status) {
        String details = Fields.text(entry, "Details");
        String id = Fields.text(entry, "ID");
        return new Report(
                kind,
                Fields.text(entry, "Email"),
                null,
                null,
                status,
                details == null ? Fields.text(entry, "Description") : details,
                Fields.instant(Fields.text(entry, "BouncedAt"), clock.instant()),
                hook,
                id == null ? null : kind.word() + "-" + id);
    }
}
