package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.Subscription.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Double opt-in: a person asks, is mailed a link, and follows it. Whoever asks learns nothing about an address: the answer is the same for a new one, a
 * subscriber's, one that must not be mailed, and one that was asked for a minute ago.
 */
public final class Subscribe {
    /** How long the link in a confirmation mail works. */
    public static final Duration CONFIRMATION_LASTS = Duration.ofDays(7);

    private static final Logger log = LoggerFactory.getLogger(Subscribe.class);

    private final Database database;
    private final Clock clock;
    private final Stores stores;
    private final Tokens tokens;
    private final Joining joining;

    public Subscribe(Database database, Clock clock, Stores stores, Tokens tokens, ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.tokens = tokens;
        this.joining = new Joining(siteZone);
    }

    /** Who asks, as the law wants it kept; each part may be absent. */
    public record Visitor(@Nullable String ip, @Nullable String agent) {
        public static final Visitor UNKNOWN = new Visitor(null, null);
    }

    /**
     * Asks for a subscription to a newsletter in its first cadence. A second call within an hour mails nothing.
     *
     * @throws UserError when there is no such newsletter, or what was typed is no address
     */
    public void request(String newsletterName, String email, Visitor visitor) {
        Address address = Address.of(email);
        Instant now = clock.instant();
        boolean asked = database.write(tx -> {
            Newsletter newsletter = stores.newsletters().get(tx, newsletterName);
            if (stores.suppressions().find(tx, address).isPresent()) {
                return false;
            }
            Subscriber subscriber = stores.subscribers().put(tx, address, now);
            Optional<Subscription> before = stores.subscriptions().find(tx, newsletter.id(), subscriber.id());
            boolean active = before.isPresent() && before.get().state() == State.ACTIVE;
            Instant pause = now.minus(Enrol.CONFIRMATION_PAUSE);
            if (active || stores.outbox().hasConfirmation(tx, newsletter.id(), subscriber.id(), pause)) {
                return false;
            }
            stores.subscriptions().put(tx, List.of(pending(newsletter, subscriber.id(), before, now)));
            consent(tx, newsletter, subscriber.id(), Consent.What.REQUESTED, now, visitor);
            stores.outbox().addConfirmations(tx, newsletter.id(), List.of(subscriber.id()), now);
            return true;
        });
        log.atInfo()
                .addKeyValue("newsletter", newsletterName)
                .addKeyValue("domain", address.domain())
                .addKeyValue("mailed", asked)
                .log("subscription requested");
    }

    /** What a confirmation came to. */
    public enum Outcome {
        CONFIRMED,
        /** It was confirmed before. */
        ALREADY,
        /** The link is too old, or the subscription ended since: ask again. */
        EXPIRED,
        /** Not a link of ours. */
        UNKNOWN
    }

    /**
     * What a confirmation came to, and for which newsletter.
     *
     * @param newsletter absent when the token is unknown
     */
    public record Confirmation(Outcome outcome, @Nullable Newsletter newsletter) {}

    /** What {@link #confirm} would answer, with nothing changed: mail scanners open links, so a link only shows a page with a button. */
    public Confirmation look(String token) {
        return database.read(tx -> state(tx, token, clock.instant()));
    }

    /** Makes the subscription active that the token is about. A second call answers {@link Outcome#ALREADY}. */
    public Confirmation confirm(String token, Visitor visitor) {
        Confirmation confirmation = database.write(tx -> {
            // Within: an edition that was composed while this waited for its turn came before it.
            Instant now = clock.instant();
            Confirmation state = state(tx, token, now);
            if (state.outcome() == Outcome.CONFIRMED && state.newsletter() != null) {
                Tokens.Claim claim = tokens.read(Tokens.Purpose.CONFIRM, token).orElseThrow();
                activate(tx, state.newsletter(), claim.subscriber(), now);
                consent(tx, state.newsletter(), claim.subscriber(), Consent.What.CONFIRMED, now, visitor);
            }
            return state;
        });
        log.atInfo()
                .addKeyValue(
                        "newsletter",
                        confirmation.newsletter() == null
                                ? null
                                : confirmation.newsletter().name())
                .addKeyValue("outcome", confirmation.outcome())
                .log("confirmation followed");
        return confirmation;
    }

    private Confirmation state(Tx tx, String token, Instant now) {
        Optional<Tokens.Claim> claim = tokens.read(Tokens.Purpose.CONFIRM, token);
        Optional<Newsletter> newsletter =
                claim.flatMap(one -> stores.newsletters().find(tx, one.newsletter()));
        if (claim.isEmpty() || newsletter.isEmpty()) {
            return new Confirmation(Outcome.UNKNOWN, null);
        }
        @Nullable
        State state = stores.subscriptions()
                .find(tx, claim.get().newsletter(), claim.get().subscriber())
                .map(Subscription::state)
                .orElse(null);
        if (state == State.ACTIVE) {
            return new Confirmation(Outcome.ALREADY, newsletter.get());
        }
        boolean works = state == State.PENDING
                && newsletter.get().closed() == null
                && now.isBefore(claim.get().expires());
        return new Confirmation(works ? Outcome.CONFIRMED : Outcome.EXPIRED, newsletter.get());
    }

    private void activate(Tx tx, Newsletter newsletter, SubscriberId id, Instant now) {
        Subscriber subscriber = stores.subscribers().find(tx, id).orElseThrow();
        Subscription pending =
                stores.subscriptions().find(tx, newsletter.id(), id).orElseThrow();
        String cadence = offered(newsletter, pending.cadence());
        Subscription active = new Subscription(
                newsletter.id(),
                id,
                cadence,
                pending.topics(),
                State.ACTIVE,
                pending.requested(),
                now,
                joining.dueAfter(newsletter.cadence(cadence), subscriber.timeZone(), now),
                null,
                null);
        stores.subscriptions().put(tx, List.of(active));
    }

    /** The cadence that was asked for, or the first one if it has gone since. */
    private static String offered(Newsletter newsletter, String cadence) {
        return newsletter.offers(cadence)
                ? cadence
                : newsletter.definition().cadences().get(0).name();
    }

    private static Subscription pending(
            Newsletter newsletter, SubscriberId subscriber, Optional<Subscription> before, Instant now) {
        return new Subscription(
                newsletter.id(),
                subscriber,
                before.map(Subscription::cadence)
                        .orElse(newsletter.definition().cadences().get(0).name()),
                before.map(Subscription::topics).orElse(List.of()),
                State.PENDING,
                now,
                null,
                null,
                null,
                null);
    }

    private void consent(
            Tx tx, Newsletter newsletter, SubscriberId subscriber, Consent.What what, Instant now, Visitor visitor) {
        stores.consents()
                .add(
                        tx,
                        List.of(new Consent(
                                subscriber, newsletter.id(), what, now, null, visitor.ip(), visitor.agent())));
    }
}
