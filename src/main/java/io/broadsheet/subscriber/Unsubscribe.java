package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.Subscribe.Visitor;
import io.broadsheet.subscriber.Subscription.EndedWhy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the subscription that a mail's link is about, from the next message on. Safe to repeat; works for ever (RFC 8058 §3.2). */
public final class Unsubscribe {
    private static final Logger log = LoggerFactory.getLogger(Unsubscribe.class);

    private final Database database;
    private final Clock clock;
    private final Stores stores;
    private final Tokens tokens;

    public Unsubscribe(Database database, Clock clock, Stores stores, Tokens tokens) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.tokens = tokens;
    }

    /** The newsletter that the token's link would end, with nothing changed; empty when the token isn't ours. */
    public Optional<Newsletter> look(String token) {
        Optional<Tokens.Claim> claim = tokens.read(Tokens.Purpose.UNSUBSCRIBE, token);
        return claim.flatMap(one -> database.read(tx -> stores.newsletters().find(tx, one.newsletter())));
    }

    /** Ends it, and answers which newsletter it was, also when it had ended before; empty when the token isn't ours. */
    public Optional<Newsletter> byToken(String token, Visitor visitor) {
        Optional<Tokens.Claim> claim = tokens.read(Tokens.Purpose.UNSUBSCRIBE, token);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        SubscriberId subscriber = claim.get().subscriber();
        Instant now = clock.instant();
        return database.write(tx -> {
            Optional<Newsletter> newsletter =
                    stores.newsletters().find(tx, claim.get().newsletter());
            if (newsletter.isPresent()
                    && stores.subscriptions().end(tx, newsletter.get().id(), subscriber, EndedWhy.UNSUBSCRIBED, now)) {
                stores.consents()
                        .add(
                                tx,
                                List.of(new Consent(
                                        subscriber,
                                        newsletter.get().id(),
                                        Consent.What.WITHDRAWN,
                                        now,
                                        null,
                                        visitor.ip(),
                                        visitor.agent())));
                log.atInfo()
                        .addKeyValue("newsletter", newsletter.get().name())
                        .addKeyValue("subscriber", subscriber)
                        .log("subscription ended by its subscriber");
            }
            return newsletter;
        });
    }
}
