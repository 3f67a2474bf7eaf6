package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one person: what they take, what they agreed to, and whether they may be mailed. */
public final class ShowSubscriber {
    private final Database database;
    private final Stores stores;

    public ShowSubscriber(Database database, Stores stores) {
        this.database = database;
        this.stores = stores;
    }

    /**
     * One person.
     *
     * @param suppressed why they must not be mailed; absent when they may
     * @param history what came back about their address, newest first
     */
    public record Shown(
            String id,
            String email,
            @Nullable String name,
            @Nullable String language,
            @Nullable String timeZone,
            Instant created,
            @Nullable String suppressed,
            List<ShownSubscription> subscriptions,
            List<ShownConsent> consents,
            List<HistoryStore.Past> history) {}

    /** One newsletter they take, or took; parts as {@link Subscription} has them. */
    public record ShownSubscription(
            String newsletter,
            String cadence,
            List<String> topics,
            String state,
            Instant requested,
            @Nullable Instant joined,
            @Nullable Instant ended,
            @Nullable String endedWhy) {}

    /** What they agreed to or withdrew; parts as {@link Consent} has them. */
    public record ShownConsent(
            String newsletter,
            String what,
            Instant at,
            @Nullable String evidence,
            @Nullable String ip,
            @Nullable String agent) {}

    /** @throws UserError when nobody has this address, or it is none */
    public Shown show(String email) {
        Address address = Address.of(email);
        return database.read(tx -> {
            Subscriber one = stores.subscribers()
                    .find(tx, address)
                    .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
            return new Shown(
                    one.id().toString(),
                    one.address().mailbox(),
                    one.name(),
                    one.language(),
                    one.timeZone() == null ? null : one.timeZone().getId(),
                    one.created(),
                    stores.suppressions()
                            .find(tx, address)
                            .map(suppression -> suppression.why().word())
                            .orElse(null),
                    stores.subscriptions().of(tx, one.id()).stream()
                            .map(subscription -> subscription(tx, subscription))
                            .toList(),
                    stores.consents().of(tx, one.id()).stream()
                            .map(consent -> consent(tx, consent))
                            .toList(),
                    new HistoryStore().of(tx, address.key()));
        });
    }

    private ShownSubscription subscription(Tx tx, Subscription one) {
        return new ShownSubscription(
                newsletter(tx, one.newsletter()),
                one.cadence(),
                one.topics(),
                one.state().word(),
                one.requested(),
                one.joined(),
                one.ended(),
                one.endedWhy() == null ? null : one.endedWhy().word());
    }

    private ShownConsent consent(Tx tx, Consent one) {
        return new ShownConsent(
                newsletter(tx, one.newsletter()), one.what().word(), one.at(), one.evidence(), one.ip(), one.agent());
    }

    private String newsletter(Tx tx, NewsletterId id) {
        return stores.newsletters().find(tx, id).map(Newsletter::name).orElseThrow();
    }
}
