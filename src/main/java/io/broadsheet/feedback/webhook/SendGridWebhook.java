package io.broadsheet.feedback.webhook;

import io.broadsheet.error.UserError;
import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.Report.Kind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SendGrid's signed event webhook: a list of events, with an ECDSA signature over timestamp and body in a header
 * (<a href="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features">security features</a>).
 */
final class SendGridWebhook implements Webhook {
    /** It tries again for a day, and doesn't say whether it signs anew. */
    private static final Duration WINDOW = Duration.ofHours(25);

    private final PublicKey key;
    private final Clock clock;

    /** @param key base64 of the DER form */
    SendGridWebhook(String key, Clock clock) {
        this.clock = clock;
        try {
            this.key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError(
                    "mail.feedback.webhooks: 'public-key' is no elliptic-curve key in base64; copy it as SendGrid shows it");
        }
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        String timestamp = posted.header("X-Twilio-Email-Event-Webhook-Timestamp");
        String signature = posted.header("X-Twilio-Email-Event-Webhook-Signature");
        if (!timestamp.matches("\\d{9,11}")
                || !Proof.isFresh(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock, WINDOW)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            verifier.update(posted.body());
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (SignatureException | IllegalArgumentException e) {
            return false; // not even of a signature's form
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA256withECDSA", e);
        }
    }

    @Override
    public List<Report> read(Posted posted) {
        if (!posted.json().isArray()) {
            throw posted.malformed("a list of events");
        }
        List<Report> reports = new ArrayList<>();
        for (JsonNode event : Fields.each(posted.json())) {
            Report report = report(posted.hook(), event);
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    private @Nullable Report report(String hook, JsonNode event) {
        String status = Fields.status(Fields.text(event, "status"));
        return switch (Fields.word(event, "event")) {
            case "bounce" ->
                Fields.word(event, "type").equals("blocked")
                        ? report(hook, event, Kind.BOUNCE, Fields.soft(status, status == null ? "5.7.1" : "4.0.0"))
                        : report(hook, event, Kind.BOUNCE, status == null ? "5.0.0" : status);
            case "deferred" -> report(hook, event, Kind.DELAY, Fields.soft(status, "4.0.0"));
            case "dropped" -> dropped(hook, event);
            case "spamreport" -> report(hook, event, Kind.COMPLAINT, null);
            case "unsubscribe", "group_unsubscribe" -> report(hook, event, Kind.UNSUBSCRIBE, null);
            default -> null;
        };
    }

    /** Not even tried, for what SendGrid knows of the address. */
    private @Nullable Report dropped(String hook, JsonNode event) {
        String reason = Fields.word(event, "reason").toLowerCase(Locale.ROOT);
        if (reason.startsWith("bounced address") || reason.startsWith("invalid")) {
            // "Invalid SMTPAPI header" is a mistake of ours, not of the address.
            return reason.contains("smtpapi") ? null : report(hook, event, Kind.BOUNCE, "5.1.1");
        }
        if (reason.startsWith("spam reporting address")) {
            return report(hook, event, Kind.COMPLAINT, null);
        }
        return reason.startsWith("unsubscribed address")
                ? report(hook, event, Kind.UNSUBSCRIBE, null)
                : report(hook, event, Kind.BOUNCE, "5.7.1");
    }

    private Report report(String hook, JsonNode event, Kind kind, @Nullable String status) {
        String reason = Fields.text(event, "reason");
        return new Report(
                kind,
                Fields.text(event, "email"),
                null,
                Fields.text(event, "smtp-id"),
                status,
                reason == null ? Fields.text(event, "response") : reason,
                Fields.instant(Fields.text(event, "timestamp"), clock.instant()),
                hook,
                Fields.text(event, "sg_event_id"));
    }
}
