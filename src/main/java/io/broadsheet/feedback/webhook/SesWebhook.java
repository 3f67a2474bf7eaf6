package io.broadsheet.feedback.webhook;

import io.broadsheet.error.UserError;
import io.broadsheet.feedback.Report;
import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Amazon SES by way of an SNS topic: one signed message a request, which holds an event, or asks to confirm the subscription
 * (<a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">SNS messages</a>).
 */
final class SesWebhook implements Webhook {
    private static final Logger log = LoggerFactory.getLogger(SesWebhook.class);

    private final String topic;
    private final SnsSignature signature;
    private final SesEvents events;
    private final Fetch fetch;

    SesWebhook(String topic, SnsSignature signature, SesEvents events, Fetch fetch) {
        this.topic = topic;
        this.signature = signature;
        this.events = events;
        this.fetch = fetch;
    }

    @Override
    public boolean isAuthentic(Posted posted) {
        JsonNode message = posted.json();
        // The topic first: it costs nothing, and without it anybody with an account at Amazon could post here.
        return Proof.same(Fields.word(message, "TopicArn"), topic) && signature.isRight(message);
    }

    @Override
    public List<Report> read(Posted posted) {
        JsonNode message = posted.json();
        return switch (Fields.word(message, "Type")) {
            case "Notification" -> notification(posted, message);
            case "SubscriptionConfirmation" -> confirm(posted, message);
            case "UnsubscribeConfirmation" -> ended(posted);
            default -> throw posted.malformed("a message of SNS");
        };
    }

    private List<Report> notification(Posted posted, JsonNode message) {
        String text = message.path("Message").asString("");
        JsonNode event;
        try {
            event = Json.read(text, JsonNode.class);
        } catch (IllegalArgumentException e) {
            // SES greets a new topic in prose.
            log.atInfo()
                    .addKeyValue("webhook", posted.hook())
                    .addKeyValue("message", Safe.text(text))
                    .log("SNS sent a note");
            return List.of();
        }
        return events.read(posted.hook(), Fields.word(message, "MessageId"), event);
    }

    /** The address that is asked for must be Amazon's, or a stranger could have us fetch anything. */
    private List<Report> confirm(Posted posted, JsonNode message) {
        String url = message.path("SubscribeURL").asString("");
        if (!AmazonAddress.isOfSns(url)
                || !String.valueOf(URI.create(url).getQuery()).contains("Action=ConfirmSubscription")) {
            throw new UserError(
                    "webhook " + posted.hook() + ": SubscribeURL is not of sns.*.amazonaws.com; not followed");
        }
        fetch.fetch(url);
        log.atInfo()
                .addKeyValue("webhook", posted.hook())
                .addKeyValue("topic", topic)
                .log("subscription to the SNS topic confirmed");
        return List.of();
    }

    private static List<Report> ended(Posted posted) {
        log.atWarn()
                .addKeyValue("webhook", posted.hook())
                .log("SNS ended its subscription: no reports come any more; subscribe the address to the topic again");
        return List.of();
    }
}
