package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.error.UserError;
import io.broadsheet.subscriber.SubscriberId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the deliveries of an edition, page by page, so that any number fits. */
public final class ListDeliveries {
    private static final int PAGE = 500;

    private final Database database;
    private final ShowEdition showEdition;
    private final DeliveryStore deliveries;
    private final MessageIds messageIds;

    public ListDeliveries(Database database, ShowEdition showEdition, DeliveryStore deliveries, MessageIds messageIds) {
        this.database = database;
        this.showEdition = showEdition;
        this.deliveries = deliveries;
        this.messageIds = messageIds;
    }

    /**
     * One line of the list; its JSON is {@code edition deliveries}'.
     *
     * @param messageId with its angle brackets
     * @param attempts how often sending was begun
     * @param reply the mail server's last word, or ours; absent before the first attempt
     * @param at when it came into its state
     */
    public record Line(
            String email,
            String state,
            String messageId,
            int attempts,
            @Nullable String reply,
            Instant at) {}

    /**
     * Hands each to {@code to}, in the order of their subscribers.
     *
     * @param state a {@link DeliveryState}'s word; absent: all
     * @throws UserError when there is no such edition or state
     */
    public void list(String edition, @Nullable String state, Consumer<Line> to) {
        @Nullable DeliveryState only = state == null ? null : state(state);
        EditionId id = database.read(tx -> showEdition.find(tx, edition).id());
        SubscriberId last = new SubscriberId(0);
        List<Delivery> page;
        do {
            SubscriberId after = last;
            page = database.read(tx -> deliveries.page(tx, id, only, after, PAGE));
            for (Delivery delivery : page) {
                to.accept(line(delivery));
                last = delivery.subscriber();
            }
        } while (page.size() == PAGE);
    }

    private Line line(Delivery delivery) {
        return new Line(
                delivery.address(),
                delivery.state().word(),
                messageIds.of(delivery.edition(), delivery.subscriber()),
                delivery.attempts(),
                delivery.reply(),
                delivery.changed());
    }

    private static DeliveryState state(String word) {
        for (DeliveryState state : DeliveryState.values()) {
            if (state.word().equals(word.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw new UserError("--state " + word + ": no delivery is in such a state; there are "
                + List.of(DeliveryState.values()).stream()
                        .map(DeliveryState::word)
                        .toList());
    }
}
