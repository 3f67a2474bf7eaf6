package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.Subscription.State;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one person in on an admin's word: pending with a confirmation mail, or with evidence of consent active at once. Someone who left comes back
 * this way. A second call changes nothing, and mails no second confirmation within an hour.
 */
public final class AddSubscriber {
    private static final Logger log = LoggerFactory.getLogger(AddSubscriber.class);

    private final Database database;
    private final Clock clock;
    private final Stores stores;
    private final Enrol enrol;

    public AddSubscriber(Database database, Clock clock, Stores stores, ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.enrol = new Enrol(stores, new Joining(siteZone));
    }

    /**
     * Who, and what they take.
     *
     * @param cadence absent: the newsletter's first
     * @param confirmed where their consent is proved; absent: they are asked to confirm
     */
    public record Request(
            String email,
            String newsletter,
            @Nullable String cadence,
            @Nullable String confirmed,
            @Nullable String name,
            @Nullable String language,
            @Nullable String timeZone,
            List<String> topics) {
        public Request {
            topics = List.copyOf(topics);
        }

        public static Request of(
                String email, String newsletter, @Nullable String cadence, @Nullable String confirmed) {
            return new Request(email, newsletter, cadence, confirmed, null, null, null, List.of());
        }
    }

    /** How it stands now. */
    public record Added(String email, State state) {}

    /** @throws UserError when an address, name, newsletter or cadence can't be, or the address must not be mailed */
    public Added add(Request request) {
        Address address = Address.of(request.email());
        Added added = database.write(tx -> {
            // Within: an edition that was composed while this waited for its turn came before it.
            Instant now = clock.instant();
            Newsletter newsletter = stores.newsletters().get(tx, request.newsletter());
            String cadence = request.cadence() == null
                    ? newsletter.definition().cadences().get(0).name()
                    : newsletter.cadence(request.cadence()).name();
            Optional<Suppression> suppression = stores.suppressions().find(tx, address);
            if (suppression.isPresent()) {
                throw new UserError("this address must not be mailed ("
                        + suppression.get().why().word() + ", since "
                        + suppression.get().since() + "); lift its suppression first");
            }
            Enrolment person = new Enrolment(
                    address,
                    EnrolmentFields.name(orEmpty(request.name())),
                    EnrolmentFields.language(orEmpty(request.language())),
                    EnrolmentFields.timeZone(orEmpty(request.timeZone())),
                    request.cadence() == null ? null : cadence,
                    EnrolmentFields.topics(String.join(";", request.topics())));
            Enrol.Terms terms = new Enrol.Terms(newsletter, cadence, request.confirmed(), true, true);
            enrol.take(tx, terms, List.of(person), now);
            Subscriber subscriber = stores.subscribers().find(tx, address).orElseThrow();
            State state = stores.subscriptions()
                    .find(tx, newsletter.id(), subscriber.id())
                    .orElseThrow()
                    .state();
            return new Added(subscriber.address().mailbox(), state);
        });
        log.atInfo()
                .addKeyValue("newsletter", request.newsletter())
                .addKeyValue("domain", address.domain())
                .addKeyValue("state", added.state().word())
                .log("subscriber added");
        return added;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
