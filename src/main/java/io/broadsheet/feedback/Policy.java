package io.broadsheet.feedback;

import io.broadsheet.config.Settings;
import io.broadsheet.db.Tx;
import io.broadsheet.subscriber.Consent;
import io.broadsheet.subscriber.Leave;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.subscriber.Suppression.Why;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from what came back; the one place that says so. A hard bounce suppresses the address at once; soft ones after so many in a span of time
 * with nothing delivered in between; what is about our own standing, or a mere delay, never does. A complaint suppresses, and ends all subscriptions.
 * Safe for several threads, because it holds no state.
 */
final class Policy {
    private static final Logger log = LoggerFactory.getLogger(Policy.class);

    private final Clock clock;
    private final FeedbackStore feedback;
    private final Stores stores;
    private final Leave leave;
    private final Settings.Suppress suppress;

    Policy(Clock clock, FeedbackStore feedback, Stores stores, Settings.Suppress suppress) {
        this.clock = clock;
        this.feedback = feedback;
        this.stores = stores;
        this.leave = new Leave(stores);
        this.suppress = suppress;
    }

    /** Keeps it and does what follows, all within the transaction. A thing that was taken before changes nothing. */
    Outcome apply(Tx tx, Event event) {
        Instant now = clock.instant();
        if (feedback.has(tx, event.fingerprint())) {
            return Outcome.REPEATED;
        }
        Outcome outcome = outcome(tx, event, now);
        // Two processes with the same thing meet at its key.
        if (!feedback.add(tx, event, outcome, now)) {
            return Outcome.REPEATED;
        }
        Subscriber subscriber = event.subscriber();
        if (subscriber == null) {
            return outcome;
        }
        switch (outcome) {
            case SUPPRESSED -> suppress(tx, event, subscriber, now);
            case UNSUBSCRIBED -> unsubscribe(tx, event, subscriber, now);
            case NOTED, IGNORED, UNPARSED, REPEATED -> {}
        }
        log.atInfo()
                .addKeyValue("kind", event.kind().word())
                .addKeyValue("subscriber", subscriber.id())
                .addKeyValue("domain", subscriber.address().domain())
                .addKeyValue("edition", event.edition())
                .addKeyValue("status", event.status())
                .addKeyValue("via", event.via())
                .addKeyValue("outcome", outcome.word())
                .log("feedback taken");
        return outcome;
    }

    private Outcome outcome(Tx tx, Event event, Instant now) {
        if (event.kind() == Event.Kind.UNPARSED) {
            return Outcome.UNPARSED;
        }
        Subscriber subscriber = event.subscriber();
        if (subscriber == null) {
            return Outcome.NOTED;
        }
        return switch (event.kind()) {
            case COMPLAINT -> Outcome.SUPPRESSED;
            case UNSUBSCRIBE -> Outcome.UNSUBSCRIBED;
            case BOUNCE -> ends(tx, event, subscriber, now) ? Outcome.SUPPRESSED : Outcome.NOTED;
            case DELAY, SUPPRESSED, LIFTED, UNPARSED -> Outcome.NOTED;
        };
    }

    private boolean ends(Tx tx, Event event, Subscriber subscriber, Instant now) {
        if (event.severity() == Severity.HARD) {
            return true;
        }
        // This one is not among the rows yet; a second report of the same edition counts no further.
        return event.severity() == Severity.SOFT
                && feedback.softInARow(
                                tx,
                                subscriber.id(),
                                now.minus(suppress.within()),
                                new FeedbackStore.Soft(event.edition(), event.sent()))
                        >= suppress.soft();
    }

    private void suppress(Tx tx, Event event, Subscriber subscriber, Instant now) {
        boolean complaint = event.kind() == Event.Kind.COMPLAINT;
        String reply = event.status() == null || event.diagnostic().contains(event.status())
                ? event.diagnostic()
                : event.status() + " " + event.diagnostic();
        stores.suppressions()
                .add(
                        tx,
                        new Suppression(
                                subscriber.address().key(),
                                complaint ? Why.COMPLAINT : Why.BOUNCE,
                                now,
                                reply.strip()));
        if (complaint) {
            leave.all(tx, subscriber.id(), EndedWhy.SUPPRESSED, evidence("complaint", event), now);
        }
    }

    private void unsubscribe(Tx tx, Event event, Subscriber subscriber, Instant now) {
        String evidence = evidence("unsubscribed", event);
        if (event.newsletter() == null) {
            leave.all(tx, subscriber.id(), EndedWhy.UNSUBSCRIBED, evidence, now);
        } else {
            leave.one(tx, event.newsletter(), subscriber.id(), EndedWhy.UNSUBSCRIBED, evidence, now);
        }
    }

    /** What {@link Consent} remembers. */
    private static String evidence(String what, Event event) {
        return what + " by " + event.via();
    }
}
