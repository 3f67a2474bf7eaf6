package io.broadsheet.subscriber;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.subscriber.Subscription.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who takes what, one subscription after the other in the order they came. */
public final class ListSubscribers {
    private static final int PAGE = 1_000;

    private final Database database;
    private final NewsletterStore newsletters;
    private final SubscriptionStore subscriptions;

    public ListSubscribers(Database database, NewsletterStore newsletters, SubscriptionStore subscriptions) {
        this.database = database;
        this.newsletters = newsletters;
        this.subscriptions = subscriptions;
    }

    /**
     * One subscription with its person, as listings and files show it.
     *
     * @param joined absent while it never was active
     */
    public record Listed(
            String email,
            @Nullable String name,
            @Nullable String language,
            @Nullable String timeZone,
            String newsletter,
            String cadence,
            List<String> topics,
            State state,
            @Nullable Instant joined) {}

    /**
     * Hands each to the consumer, at most {@code limit}, and answers how many. Read in pages, so that memory doesn't grow with them.
     *
     * @param newsletterName absent: of all newsletters
     * @param stateWord {@code pending}, {@code active} or {@code ended}; absent: all
     * @throws UserError when there is no such newsletter or state
     */
    public long each(
            @Nullable String newsletterName, @Nullable String stateWord, long limit, Consumer<Listed> consumer) {
        @Nullable
        NewsletterId newsletter = newsletterName == null
                ? null
                : database.read(tx -> newsletters.get(tx, newsletterName)).id();
        @Nullable State state = stateWord == null ? null : state(stateWord);
        SubscriptionStore.Place place = SubscriptionStore.Place.FIRST;
        long count = 0;
        while (count < limit) {
            SubscriptionStore.Place after = place;
            int wanted = (int) Math.min(PAGE, limit - count);
            SubscriptionStore.Listing listing =
                    database.read(tx -> subscriptions.list(tx, newsletter, state, after, wanted));
            listing.listed().forEach(consumer);
            count += listing.listed().size();
            place = listing.last();
            if (listing.listed().size() < wanted) {
                break;
            }
        }
        return count;
    }

    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UserError("unknown state '" + word + "'; known: pending, active, ended"));
    }
}
