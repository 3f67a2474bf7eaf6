package io.broadsheet.subscriber;

import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.Enrolment.Outcome;
import io.broadsheet.subscriber.Subscription.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes people in on an admin's word, some hundreds at a time in a caller's transaction. What `add` and `import` share. A second call with the same
 * people changes nothing.
 */
final class Enrol {
    /** A person is asked to confirm at most once in this time, so that nobody can be bombed with our mail. */
    static final Duration CONFIRMATION_PAUSE = Duration.ofHours(1);

    private final Stores stores;
    private final Joining joining;

    Enrol(Stores stores, Joining joining) {
        this.stores = stores;
        this.joining = joining;
    }

    /**
     * How people are taken in.
     *
     * @param cadence for those whose row names none and who are new
     * @param confirmed where their consent is proved: they are active at once; absent: they are pending
     * @param revive whether those who left are taken in again: only when an admin names them one by one
     * @param invite whether those pending are mailed a confirmation
     */
    record Terms(
            Newsletter newsletter, String cadence, @Nullable String confirmed, boolean revive, boolean invite) {}

    /** @param people no two of one address key; answers what became of each, in their order */
    List<Outcome> take(Tx tx, Terms terms, List<Enrolment> people, Instant now) {
        List<String> keys =
                people.stream().map(person -> person.address().key()).toList();
        Set<String> suppressed = stores.suppressions().among(tx, keys);
        Map<String, Subscriber> known = withNewOnes(tx, people, suppressed, now);
        Map<SubscriberId, Subscription> subscriptions = stores.subscriptions()
                .find(
                        tx,
                        terms.newsletter().id(),
                        known.values().stream().map(Subscriber::id).toList());
        Changes changes = new Changes(terms, now);
        List<Outcome> outcomes = new ArrayList<>();
        for (Enrolment person : people) {
            String key = person.address().key();
            if (suppressed.contains(key)) {
                outcomes.add(Outcome.SUPPRESSED);
            } else {
                Subscriber subscriber = Objects.requireNonNull(known.get(key));
                outcomes.add(changes.take(person, subscriber, subscriptions.get(subscriber.id())));
            }
        }
        changes.write(tx);
        return outcomes;
    }

    private Map<String, Subscriber> withNewOnes(Tx tx, List<Enrolment> people, Set<String> suppressed, Instant now) {
        List<Enrolment> wanted = people.stream()
                .filter(person -> !suppressed.contains(person.address().key()))
                .toList();
        List<String> keys =
                wanted.stream().map(person -> person.address().key()).toList();
        Map<String, Subscriber> known = stores.subscribers().find(tx, keys);
        List<SubscriberStore.Added> added = wanted.stream()
                .filter(person -> !known.containsKey(person.address().key()))
                .map(person -> new SubscriberStore.Added(
                        person.address(), person.name(), person.language(), person.timeZone()))
                .toList();
        if (added.isEmpty()) {
            return known;
        }
        stores.subscribers().add(tx, added, now);
        return stores.subscribers().find(tx, keys);
    }

    /** What is to be written for one batch of people. */
    private final class Changes {
        private final Terms terms;
        private final Instant now;
        private final List<Subscriber> subscribers = new ArrayList<>();
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final List<Consent> consents = new ArrayList<>();
        private final List<SubscriberId> pending = new ArrayList<>();
        private final Map<String, Instant> dueAfter = new HashMap<>();

        Changes(Terms terms, Instant now) {
            this.terms = terms;
            this.now = now;
        }

        Outcome take(Enrolment person, Subscriber subscriber, @Nullable Subscription before) {
            boolean left = before != null && before.state() == State.ENDED;
            if (left && !terms.revive()) {
                return Outcome.LEFT;
            }
            boolean changed = false;
            Subscriber after = merged(person, subscriber);
            if (!after.equals(subscriber)) {
                subscribers.add(after);
                changed = true;
            }
            Subscription subscription = subscription(person, after, left ? null : before);
            if (!subscription.equals(before)) {
                subscriptions.add(subscription);
                changed = true;
            }
            boolean joined = subscription.state() == State.ACTIVE && (before == null || before.state() != State.ACTIVE);
            if (joined || before == null || left) {
                consents.add(consent(subscription));
            }
            if (subscription.state() == State.PENDING && terms.invite()) {
                pending.add(subscriber.id());
            }
            return before == null || left ? Outcome.ADDED : changed ? Outcome.UPDATED : Outcome.UNCHANGED;
        }

        private Subscription subscription(Enrolment person, Subscriber subscriber, @Nullable Subscription before) {
            String cadence =
                    person.cadence() != null ? person.cadence() : before != null ? before.cadence() : terms.cadence();
            List<String> topics =
                    person.topics() != null ? person.topics() : before != null ? before.topics() : List.of();
            boolean wasActive = before != null && before.state() == State.ACTIVE;
            boolean active = wasActive || terms.confirmed() != null;
            boolean stays = before != null && wasActive && cadence.equals(before.cadence());
            boolean joins = active && !stays;
            // A change of cadence is no farewell: what the old one had not sent yet is due in the new one.
            @Nullable
            Instant dueAfter =
                    joins ? dueAfter(cadence, subscriber.timeZone()) : before == null ? null : before.dueAfter();
            if (dueAfter != null
                    && joins
                    && before != null
                    && wasActive
                    && terms.newsletter().offers(before.cadence())) {
                Instant old = later(dueAfter(before.cadence(), subscriber.timeZone()), before.dueAfter());
                dueAfter = old.isBefore(dueAfter) ? old : dueAfter;
            }
            return new Subscription(
                    terms.newsletter().id(),
                    subscriber.id(),
                    cadence,
                    topics,
                    active ? State.ACTIVE : State.PENDING,
                    before == null ? now : before.requested(),
                    joins ? now : before == null ? null : before.joined(),
                    dueAfter,
                    null,
                    null);
        }

        private static Instant later(Instant one, @Nullable Instant other) {
            return other == null || one.isAfter(other) ? one : other;
        }

        private Instant dueAfter(String cadence, @Nullable ZoneId zone) {
            // The same for all of a batch that have cadence and zone in common; a cron's arithmetic takes its time.
            return dueAfter.computeIfAbsent(cadence + " " + zone, both -> {
                CadenceDefinition definition = terms.newsletter().cadence(cadence);
                return joining.dueAfter(definition, zone, now);
            });
        }

        private Consent consent(Subscription subscription) {
            boolean asked = terms.invite() && subscription.state() == State.PENDING;
            return new Consent(
                    subscription.subscriber(),
                    subscription.newsletter(),
                    asked ? Consent.What.REQUESTED : Consent.What.IMPORTED,
                    now,
                    terms.confirmed(),
                    null,
                    null);
        }

        void write(Tx tx) {
            stores.subscribers().update(tx, subscribers);
            stores.subscriptions().put(tx, subscriptions);
            stores.consents().add(tx, consents);
            Instant since = now.minus(CONFIRMATION_PAUSE);
            List<SubscriberId> asked = pending.stream()
                    .filter(one -> !stores.outbox()
                            .hasConfirmation(tx, terms.newsletter().id(), one, since))
                    .toList();
            stores.outbox().addConfirmations(tx, terms.newsletter().id(), asked, now);
        }
    }

    private static Subscriber merged(Enrolment person, Subscriber known) {
        return new Subscriber(
                known.id(),
                known.address(),
                person.name() == null ? known.name() : person.name(),
                person.language() == null ? known.language() : person.language(),
                person.timeZone() == null ? known.timeZone() : person.timeZone(),
                known.created());
    }
}
