package io.broadsheet.feedback.webhook;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.FeedbackDoors.Provider;
import io.broadsheet.config.Secret;
import io.broadsheet.feedback.Report;
import io.broadsheet.http.Fetcher;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what mail providers post. Safe to repeat: a report counts once, however often it is posted. Safe for several threads. */
public final class TakeWebhook {
    private static final Logger log = LoggerFactory.getLogger(TakeWebhook.class);

    private final Map<String, Webhook> hooks = new LinkedHashMap<>();
    private final Consumer<Report> take;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** What follows for the provider. */
    public enum Answer {
        /** All of it is committed. */
        TAKEN,
        /** There is no webhook of this name. */
        UNKNOWN,
        /** It isn't proved who posted this, or it was posted too long ago; nothing was done. */
        REFUSED
    }

    /**
     * @param hooks as the config reader let them through
     * @param fetcher for SNS' certificates
     * @param take commits one report, or throws
     */
    public TakeWebhook(List<FeedbackDoors.Webhook> hooks, Fetcher fetcher, Consumer<Report> take, Clock clock) {
        this(hooks, Fetch.by(fetcher), take, clock);
    }

    TakeWebhook(List<FeedbackDoors.Webhook> hooks, Fetch fetch, Consumer<Report> take, Clock clock) {
        this.take = take;
        hooks.forEach(hook -> this.hooks.put(hook.name(), webhook(hook, fetch, clock)));
    }

    private static Webhook webhook(FeedbackDoors.Webhook hook, Fetch fetch, Clock clock) {
        return switch (hook.provider()) {
            case SES ->
                new SesWebhook(
                        proof(hook.provider(), hook.topic()),
                        new SnsSignature(fetch, clock),
                        new SesEvents(clock),
                        fetch);
            case SENDGRID -> new SendGridWebhook(proof(hook.provider(), hook.publicKey()), clock);
            case MAILGUN -> {
                Secret key = hook.key();
                yield new MailgunWebhook(new Secret(proof(hook.provider(), key == null ? null : key.reveal())), clock);
            }
            case POSTMARK -> new PostmarkWebhook(Credentials.of(hook), clock);
            case SPARKPOST -> new SparkPostWebhook(Credentials.of(hook), clock);
            case BREVO -> new BrevoWebhook(Credentials.of(hook), clock);
        };
    }

    private static String proof(Provider provider, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            throw new IllegalArgumentException(provider + " without its proof");
        }
        return given;
    }

    /**
     * One request.
     *
     * @param header a request header's value by its name, which is blind to case; null where it was not sent
     * @param body as sent, octet for octet
     * @throws io.broadsheet.error.UserError when the body isn't what this provider posts
     * @throws RuntimeException when a report can't be committed; the provider is to post all of it again
     */
    public Answer take(String name, Function<String, @Nullable String> header, byte[] body) {
        Webhook hook = hooks.get(name);
        if (hook == null) {
            return Answer.UNKNOWN;
        }
        Posted posted = new Posted(name, header, body);
        if (!hook.isAuthentic(posted)) {
            tellOfRefusal(name);
            return Answer.REFUSED;
        }
        // Without any of the three, nobody could be meant.
        List<Report> reports = hook.read(posted).stream()
                .filter(report -> report.address() != null || report.returnPath() != null || report.messageId() != null)
                .toList();
        reports.forEach(take);
        hook.taken(posted);
        refused.remove(name);
        if (!reports.isEmpty()) {
            log.atInfo()
                    .addKeyValue("webhook", name)
                    .addKeyValue("reports", reports.size())
                    .log("reports taken");
        }
        return Answer.TAKEN;
    }

    /** Once, until the provider gets through: anybody can post, and a log has an end. */
    private void tellOfRefusal(String name) {
        if (refused.add(name)) {
            log.atWarn()
                    .addKeyValue("webhook", name)
                    .log(
                            "request without the right proof refused; if it is the provider's, compare its key or password with mail.feedback.webhooks");
        }
    }
}
