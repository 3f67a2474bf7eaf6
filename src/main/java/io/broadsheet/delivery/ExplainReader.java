package io.broadsheet.delivery;

import io.broadsheet.article.Article;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.Slots;
import io.broadsheet.subscriber.ShowSubscriber;
import io.broadsheet.subscriber.ShowSubscriber.Shown;
import io.broadsheet.subscriber.ShowSubscriber.ShownSubscription;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what one reader gets: what they take, what they had of late, what comes next and why, or why nothing does. */
public final class ExplainReader {
    private static final int DELIVERIES_MAX = 10;
    private static final int TITLES_MAX = 10;

    private final Database database;
    private final Clock clock;
    private final ZoneId siteZone;
    private final EditionStores stores;
    private final ShowSubscriber showSubscriber;
    private final PreviewEdition previewEdition;
    private final DeliverySwitch deliverySwitch;
    private final ExplanationStore store = new ExplanationStore();

    public ExplainReader(
            Database database,
            Clock clock,
            ZoneId siteZone,
            EditionStores stores,
            ShowSubscriber showSubscriber,
            PreviewEdition previewEdition,
            DeliverySwitch deliverySwitch) {
        this.database = database;
        this.clock = clock;
        this.siteZone = siteZone;
        this.stores = stores;
        this.showSubscriber = showSubscriber;
        this.previewEdition = previewEdition;
        this.deliverySwitch = deliverySwitch;
    }

    /**
     * What one reader gets.
     *
     * @param suppressed why they must not be mailed; absent when they may
     * @param deliveries the newest, at most ten
     * @param said the whole in sentences
     */
    public record Explained(
            String email,
            @Nullable String suppressed,
            List<Taken> subscriptions,
            List<Had> deliveries,
            List<String> said) {
        public Explained {
            subscriptions = List.copyOf(subscriptions);
            deliveries = List.copyOf(deliveries);
            said = List.copyOf(said);
        }
    }

    /**
     * One newsletter that they take, or took.
     *
     * @param next when the next edition is due; absent for {@code each}, and when none is
     * @param due how many articles they would get now
     * @param titles of the newest of these, at most ten
     * @param why it is so, in a sentence
     */
    public record Taken(
            String newsletter,
            String cadence,
            String state,
            @Nullable Instant next,
            long due,
            List<String> titles,
            String why) {
        public Taken {
            titles = List.copyOf(titles);
        }
    }

    /** One delivery of late. */
    public record Had(
            String edition,
            String newsletter,
            String cadence,
            Instant slot,
            String state,
            int attempts,
            @Nullable String reply,
            Instant at,
            String said) {}

    /** @throws io.broadsheet.error.UserError when nobody has this address, or it is none */
    public Explained explain(String email) {
        Shown shown = showSubscriber.show(email);
        List<Taken> taken = new ArrayList<>();
        for (ShownSubscription subscription : shown.subscriptions()) {
            taken.add(taken(shown, subscription));
        }
        List<Had> had = database.read(tx -> had(tx, new SubscriberId(Long.parseLong(shown.id()))));
        List<String> said = new ArrayList<>();
        if (shown.suppressed() != null) {
            said.add("They must not be mailed: " + shown.suppressed() + ".");
        }
        deliverySwitch.stopped().ifPresent(why -> said.add("All mail waits: " + why.line() + "."));
        if (taken.isEmpty()) {
            said.add("They take no newsletter.");
        }
        taken.forEach(one -> said.add(one.newsletter() + ", " + one.cadence() + ": " + one.why()));
        if (had.isEmpty()) {
            said.add("Nothing was ever sent to them.");
        }
        return new Explained(shown.email(), shown.suppressed(), taken, had, said);
    }

    private List<Had> had(Tx tx, SubscriberId subscriber) {
        return store.newest(tx, subscriber, DELIVERIES_MAX).stream()
                .map(row -> new Had(
                        row.edition().toString(),
                        row.newsletter(),
                        row.cadence(),
                        row.slot(),
                        row.state().word(),
                        row.attempts(),
                        row.reply(),
                        row.at(),
                        ExplainDelivery.state(row)))
                .toList();
    }

    private Taken taken(Shown reader, ShownSubscription subscription) {
        Newsletter newsletter = database.read(
                tx -> stores.newsletters().find(tx, subscription.newsletter()).orElseThrow());
        Optional<String> hindrance = hindrance(reader, subscription, newsletter);
        if (hindrance.isPresent()) {
            return new Taken(
                    newsletter.name(),
                    subscription.cadence(),
                    subscription.state(),
                    null,
                    0,
                    List.of(),
                    "nothing comes, since " + hindrance.get() + ".");
        }
        CadenceDefinition cadence = newsletter.cadence(subscription.cadence());
        List<Article> due = previewEdition.due(newsletter.name(), cadence.name(), reader.email());
        @Nullable Instant next = next(cadence, reader);
        return new Taken(
                newsletter.name(),
                cadence.name(),
                subscription.state(),
                next,
                due.size(),
                due.stream().limit(TITLES_MAX).map(Article::title).toList(),
                when(cadence, next) + what(due.size(), cadence));
    }

    private static Optional<String> hindrance(Shown reader, ShownSubscription subscription, Newsletter newsletter) {
        if (subscription.state().equals("pending")) {
            return Optional.of("they were asked to confirm and have not done so");
        }
        if (!subscription.state().equals("active")) {
            return Optional.of("they left at " + ExplainDelivery.moment(subscription.ended())
                    + (subscription.endedWhy() == null ? "" : " (" + subscription.endedWhy() + ")"));
        }
        if (reader.suppressed() != null) {
            return Optional.of("the address is suppressed: " + reader.suppressed());
        }
        if (newsletter.closed() != null) {
            return Optional.of("the newsletter is closed");
        }
        if (!newsletter.isRunning()) {
            return Optional.of("the newsletter is paused in config/newsletters.yml");
        }
        if (!newsletter.offers(subscription.cadence())) {
            return Optional.of("the newsletter has no cadence " + subscription.cadence() + " any more");
        }
        return Optional.empty();
    }

    private @Nullable Instant next(CadenceDefinition cadence, Shown reader) {
        if (cadence.isEach()) {
            return null;
        }
        Instant now = clock.instant();
        if (cadence.readerZone() && reader.timeZone() != null) {
            return Slots.nextSlotIn(cadence, ZoneId.of(reader.timeZone()), now).orElse(null);
        }
        return Slots.nextSlot(cadence, siteZone, now).orElse(null);
    }

    private static String when(CadenceDefinition cadence, @Nullable Instant next) {
        if (cadence.isEach()) {
            return "each article comes as it appears; ";
        }
        return next == null ? "no slot is due again; " : "the next slot is " + ExplainDelivery.moment(next) + "; ";
    }

    private static String what(int due, CadenceDefinition cadence) {
        if (due == 0) {
            return "nothing is due now, since they have had all that is new to them.";
        }
        String articles = due == 1 ? "1 article is due." : due + " articles are due.";
        return cadence.isEach() || due >= cadence.minimum()
                ? articles
                : articles + " The cadence waits for " + cadence.minimum() + ".";
    }
}
