package io.broadsheet.delivery;

import io.broadsheet.article.ArticleStore;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.Edition;
import io.broadsheet.edition.EditionStores;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.error.UserError;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.subscriber.SuppressionStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what became of one edition to one reader, and why, from the rows that the journal wrote. */
public final class ExplainDelivery {
    private static final int ARTICLES_MAX = 100;

    private final Database database;
    private final EditionStores stores;
    private final SuppressionStore suppressions;
    private final ShowEdition showEdition;
    private final MessageIds messageIds;
    private final DeliverySwitch deliverySwitch;
    private final ExplanationStore store = new ExplanationStore();

    public ExplainDelivery(
            Database database,
            EditionStores stores,
            SuppressionStore suppressions,
            ShowEdition showEdition,
            MessageIds messageIds,
            DeliverySwitch deliverySwitch) {
        this.database = database;
        this.stores = stores;
        this.suppressions = suppressions;
        this.showEdition = showEdition;
        this.messageIds = messageIds;
        this.deliverySwitch = deliverySwitch;
    }

    /**
     * What became of one delivery.
     *
     * @param attempts how often sending was begun
     * @param reply the mail server's last word, or ours; absent before the first attempt
     * @param meaning the reply in words; absent when it is no server's
     * @param next when it is tried again; absent when it isn't waiting for that
     * @param sender which way it went out last; absent before
     * @param articles that it holds, in its order; at most 100
     * @param said the whole in sentences
     */
    public record Explained(
            String edition,
            String newsletter,
            String cadence,
            Instant slot,
            String email,
            String state,
            String messageId,
            int attempts,
            @Nullable String reply,
            @Nullable String meaning,
            @Nullable Instant next,
            Instant at,
            @Nullable String sender,
            @Nullable String suppressed,
            List<EditionReport.Held> articles,
            List<String> said) {
        public Explained {
            articles = List.copyOf(articles);
            said = List.copyOf(said);
        }
    }

    /** @throws UserError when there is no such edition or subscriber, or it does not go to them */
    public Explained explain(String edition, String email) {
        Address address = Address.of(email);
        Optional<DeliverySwitch.Stopped> stopped = deliverySwitch.stopped();
        return database.read(tx -> {
            Edition found = showEdition.find(tx, edition);
            SubscriberId subscriber = stores.subscribers()
                    .find(tx, address)
                    .map(Subscriber::id)
                    .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
            ExplanationStore.Row row = store.find(tx, found.id(), subscriber)
                    .orElseThrow(
                            () -> new UserError(
                                    "edition " + edition
                                            + ": it does not go to this address; 'broadsheet explain reader' tells what is due to them"));
            return explained(tx, row, address, stopped);
        });
    }

    private Explained explained(
            Tx tx, ExplanationStore.Row row, Address address, Optional<DeliverySwitch.Stopped> stopped) {
        Optional<Suppression> suppression = suppressions.find(tx, address);
        List<String> said = new ArrayList<>();
        said.add(state(row));
        Meaning.of(row.reply()).ifPresent(meaning -> said.add("In words: " + meaning + "."));
        if (!row.state().isSettled()) {
            stopped.ifPresent(why -> said.add("All mail waits: " + why.line() + "."));
            if (row.editionState().equals(Edition.State.PAUSED.word())) {
                said.add("Its edition is paused: "
                        + stores.editions().pausedWhy(tx, row.edition()).orElse("nobody said why") + ".");
            }
        }
        suppression.ifPresent(why -> said.add("The address is suppressed since " + moment(why.since()) + ": "
                + why.why().word() + (why.reply() == null ? "" : " (" + why.reply() + ")") + "."));
        return new Explained(
                row.edition().toString(),
                row.newsletter(),
                row.cadence(),
                row.slot(),
                address.mailbox(),
                row.state().word(),
                messageIds.of(row.edition(), row.subscriber()),
                row.attempts(),
                row.reply(),
                Meaning.of(row.reply()).orElse(null),
                row.next(),
                row.at(),
                row.sender(),
                suppression.map(why -> why.why().word()).orElse(null),
                articles(stores.articles(), tx, row),
                said);
    }

    private List<EditionReport.Held> articles(ArticleStore articles, Tx tx, ExplanationStore.Row row) {
        return articles.list(tx, store.articles(tx, row.variant(), ARTICLES_MAX)).stream()
                .map(article -> new EditionReport.Held(article.id().toString(), article.title(), article.url()))
                .toList();
    }

    /** {@code It was accepted at … after 2 attempts: 250 2.0.0 queued.} */
    static String state(ExplanationStore.Row row) {
        String at = " at " + moment(row.at());
        String reply = row.reply() == null ? "" : ": " + row.reply();
        String tries = row.attempts() == 1 ? " at the first attempt" : " after " + row.attempts() + " attempts";
        return switch (row.state()) {
            case QUEUED ->
                "It waits for a sender since " + moment(row.at())
                        + (row.reply() == null ? "" : "; the last word was: " + row.reply()) + ".";
            case CLAIMED -> "A sender has it in hand; nothing has gone out.";
            case SENDING -> "It is on the wire.";
            case ACCEPTED -> "The mail server took it" + at + tries + reply + ".";
            case DEFERRED ->
                "It is tried again at " + moment(row.next()) + ", after " + attempts(row.attempts()) + " so far" + reply
                        + ".";
            case REFUSED -> "It was refused" + at + tries + reply + "; its articles are due to this reader again.";
            case SUPPRESSED ->
                "It was not sent" + at + ", since the reader had left or the address must not be mailed" + reply + ".";
            case UNKNOWN, HELD ->
                "Nobody knows whether it arrived" + at + reply + "; 'broadsheet edition settle " + row.edition()
                        + "' decides.";
            case CANCELLED ->
                "It was taken back" + at + ", before it went out; its articles are due to this reader again.";
        };
    }

    private static String attempts(int number) {
        return number == 1 ? "1 attempt" : number + " attempts";
    }

    static String moment(@Nullable Instant instant) {
        return instant == null
                ? "no known time"
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
