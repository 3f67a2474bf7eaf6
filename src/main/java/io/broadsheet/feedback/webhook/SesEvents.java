package io.broadsheet.feedback.webhook;

import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What SES says about a mail, in both of its forms: feedback notifications ({@code notificationType}) and published events ({@code eventType})
 * (<a href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">contents</a>).
 */
final class SesEvents {
    private final Clock clock;

    SesEvents(Clock clock) {
        this.clock = clock;
    }

    /** @param id of the SNS message, the same each time it is posted */
    List<Report> read(String hook, String id, JsonNode event) {
        String type = Fields.word(event, "eventType") + Fields.word(event, "notificationType");
        Event read = new Event(hook, id, event.path("mail"), clock.instant());
        return switch (type) {
            case "Bounce" -> bounces(read, event.path("bounce"));
            case "Complaint" -> complaints(read, event.path("complaint"));
            case "DeliveryDelay" -> delays(read, event.path("deliveryDelay"));
            case "Subscription" -> subscription(read, event.path("subscription"));
            default -> List.of();
        };
    }

    private static List<Report> bounces(Event event, JsonNode bounce) {
        boolean permanent = Fields.word(bounce, "bounceType").equals("Permanent");
        String subtype = Fields.word(bounce, "bounceSubType");
        List<Report> reports = new ArrayList<>();
        for (JsonNode recipient : Fields.each(bounce.path("bouncedRecipients"))) {
            String said = Fields.status(Fields.text(recipient, "status"));
            String status = permanent ? permanent(subtype, said) : temporary(subtype, said);
            reports.add(event.report(reports.size(), Kind.BOUNCE, recipient, status, Fields.text(bounce, "timestamp")));
        }
        return reports;
    }

    private static String permanent(String subtype, @Nullable String status) {
        return switch (subtype) {
            case "NoEmail", "Suppressed", "OnAccountSuppressionList" -> "5.1.1";
            default -> status == null || !status.startsWith("5.") ? "5.0.0" : status;
        };
    }

    private static String temporary(String subtype, @Nullable String status) {
        return switch (subtype) {
            case "MailboxFull" -> "5.2.2";
            case "MessageTooLarge" -> "5.3.4";
            case "ContentRejected", "AttachmentRejected" -> "5.7.1";
            default -> Fields.soft(status, "4.0.0");
        };
    }

    private static List<Report> complaints(Event event, JsonNode complaint) {
        String what = Fields.word(complaint, "complaintFeedbackType");
        if (what.equals("not-spam") || what.equals("auth-failure")) {
            return List.of(); // the contrary, and about our DKIM
        }
        List<Report> reports = new ArrayList<>();
        for (JsonNode recipient : Fields.each(complaint.path("complainedRecipients"))) {
            String at = Fields.text(complaint, "timestamp");
            reports.add(event.report(reports.size(), Kind.COMPLAINT, recipient, null, at));
        }
        return reports;
    }

    private static List<Report> delays(Event event, JsonNode delay) {
        List<Report> reports = new ArrayList<>();
        for (JsonNode recipient : Fields.each(delay.path("delayedRecipients"))) {
            String status = Fields.soft(Fields.status(Fields.text(recipient, "status")), "4.0.0");
            reports.add(event.report(reports.size(), Kind.DELAY, recipient, status, Fields.text(delay, "timestamp")));
        }
        return reports;
    }

    /** Who leaves a list that SES keeps, by the link that SES puts into mails. */
    private static List<Report> subscription(Event event, JsonNode subscription) {
        if (!Fields.at(subscription, "newTopicPreferences", "unsubscribeAll").asBoolean(false)) {
            return List.of();
        }
        List<Report> reports = new ArrayList<>();
        for (JsonNode address : Fields.each(event.mail().path("destination"))) {
            String at = Fields.text(subscription, "timestamp");
            reports.add(event.report(reports.size(), Kind.UNSUBSCRIBE, address, null, at));
        }
        return reports;
    }

    /** What all reports of one event share. */
    private record Event(String hook, String id, JsonNode mail, Instant now) {
        /** @param recipient an object with {@code emailAddress}, or the address itself */
        Report report(int number, Kind kind, JsonNode recipient, @Nullable String status, @Nullable String at) {
            return new Report(
                    kind,
                    recipient.isString() ? recipient.stringValue() : Fields.text(recipient, "emailAddress"),
                    Fields.text(mail, "source"),
                    messageId(),
                    status,
                    Fields.text(recipient, "diagnosticCode"),
                    Fields.instant(at, now),
                    hook,
                    id.isEmpty() ? null : id + ":" + number);
        }

        /** Ours as we sent it: SES puts an id of its own into {@code mail.messageId}. */
        private @Nullable String messageId() {
            for (JsonNode header : Fields.each(mail.path("headers"))) {
                if (Fields.word(header, "name").equalsIgnoreCase("Message-ID")) {
                    return Fields.text(header, "value");
                }
            }
            return Fields.text(mail, "commonHeaders", "messageId");
        }
    }
}
