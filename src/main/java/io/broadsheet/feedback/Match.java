package io.broadsheet.feedback;

import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.edition.ReturnPaths;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom something is about: by the token of its return path, else by the token to leave that the returned mail carries, else by the Message-ID of
 * one of the last editions that went to the address it names. Each is a signature that only a mail of ours brings along; an address alone proves nothing.
 * Safe for several threads, because it holds no state.
 */
final class Match {
    /** A Message-ID can't be turned round: so many of the newest editions to one address are tried. */
    private static final int EDITIONS_TRIED = 50;

    private static final Pattern LEAVING = Pattern.compile("(?:/u/|\\+|\\s|^)([A-Za-z0-9_-]{52,64})(?![A-Za-z0-9_-])");

    private final FeedbackStore feedback;
    private final Stores stores;
    private final ReturnPaths returnPaths;
    private final MessageIds messageIds;
    private final Tokens tokens;

    Match(FeedbackStore feedback, Stores stores, ReturnPaths returnPaths, MessageIds messageIds, Tokens tokens) {
        this.feedback = feedback;
        this.stores = stores;
        this.returnPaths = returnPaths;
        this.messageIds = messageIds;
        this.tokens = tokens;
    }

    /**
     * Whom it is about, and what it was.
     *
     * @param edition absent where it is about none, or nothing says which
     * @param newsletter absent likewise
     * @param sent when the mail in question went out; absent where nobody knows
     */
    record Found(
            Subscriber subscriber,
            @Nullable EditionId edition,
            @Nullable NewsletterId newsletter,
            @Nullable Instant sent) {}

    /** By what only a mail of ours carries; empty unless it proves itself. */
    Optional<Found> proved(Tx tx, List<String> places, @Nullable String address, @Nullable String messageId) {
        for (String place : places) {
            Optional<Found> found = byReturnPath(tx, place);
            if (found.isPresent()) {
                return found;
            }
        }
        return byMessageId(tx, address, messageId).or(() -> leaving(tx, places));
    }

    /** Whose subscription a token to leave ends, in one of these places; empty unless one is there. */
    Optional<Found> leaving(Tx tx, List<String> places) {
        for (String place : places) {
            Matcher token = LEAVING.matcher(place);
            while (token.find()) {
                Optional<Found> found = tokens.leaving(token.group(1))
                        .flatMap(claim -> stores.subscribers()
                                .find(tx, claim.subscriber())
                                .map(one -> new Found(one, null, claim.newsletter(), null)));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** By all that a report says, which its door has authenticated. */
    Optional<Found> reported(Tx tx, Report report) {
        return Optional.ofNullable(report.returnPath())
                .flatMap(path -> byReturnPath(tx, path))
                .or(() -> byMessageId(tx, report.address(), report.messageId()))
                .or(() -> subscriber(tx, report.address()).map(one -> new Found(one, null, null, null)));
    }

    private Optional<Found> byReturnPath(Tx tx, String place) {
        return returnPaths
                .read(place)
                .flatMap(sent ->
                        stores.subscribers().find(tx, sent.subscriber()).map(one -> found(tx, one, sent.edition())));
    }

    private Optional<Found> byMessageId(Tx tx, @Nullable String address, @Nullable String messageId) {
        if (address == null || messageId == null) {
            return Optional.empty();
        }
        String wanted = messageId.startsWith("<") ? messageId : "<" + messageId + ">";
        return subscriber(tx, address)
                .flatMap(one -> edition(tx, one.id(), wanted).map(id -> found(tx, one, id)));
    }

    private Optional<EditionId> edition(Tx tx, SubscriberId subscriber, String messageId) {
        return feedback.editions(tx, subscriber, EDITIONS_TRIED).stream()
                .filter(id -> messageIds.of(id, subscriber).equals(messageId))
                .findFirst();
    }

    private Found found(Tx tx, Subscriber subscriber, @Nullable EditionId edition) {
        if (edition == null) {
            return new Found(subscriber, null, null, null);
        }
        return feedback.sent(tx, edition, subscriber.id())
                .map(sent -> new Found(subscriber, edition, sent.newsletter(), sent.at()))
                .orElseGet(() -> new Found(subscriber, edition, null, null));
    }

    private Optional<Subscriber> subscriber(Tx tx, @Nullable String address) {
        if (address == null) {
            return Optional.empty();
        }
        try {
            return stores.subscribers().find(tx, Address.of(address));
        } catch (UserError e) {
            // A stranger wrote it; what is no address is nobody's.
            return Optional.empty();
        }
    }
}
