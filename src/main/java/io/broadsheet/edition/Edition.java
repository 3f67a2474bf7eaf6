package io.broadsheet.edition;

import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One issue of a newsletter for one cadence and one slot, of which there is one only.
 *
 * @param definition the newsletter's, when it was composed
 * @param cadence a cadence's name, or {@link CadenceDefinition#BY_HAND}
 * @param slot the due moment; sent by hand: when it began
 * @param subject as its first readers see it; absent until it is composed
 * @param from it holds articles that became eligible after this, for those who joined before the last edition …
 * @param asOf … and up to this
 * @param byHand whether an admin asked for it
 * @param backlog how many of the newest articles of the back catalogue it may take
 * @param node the process that composes it; absent once that is done
 * @param recipients how many it goes to; grows while it is composed
 * @param ended when the last delivery was done with, it was cancelled, or nothing turned out to be new; absent before
 */
public record Edition(
        EditionId id,
        NewsletterId newsletter,
        NewsletterDefinition definition,
        String cadence,
        Instant slot,
        State state,
        @Nullable String subject,
        Instant from,
        Instant asOf,
        boolean byHand,
        int backlog,
        @Nullable Long node,
        long recipients,
        Instant started,
        @Nullable Instant ended) {

    Edition from(Instant since) {
        return new Edition(
                id,
                newsletter,
                definition,
                cadence,
                slot,
                state,
                subject,
                since,
                asOf,
                byHand,
                backlog,
                node,
                recipients,
                started,
                ended);
    }

    /** Whose readers it is for; absent: those of every cadence. */
    @Nullable
    String readersOf() {
        return cadence.equals(CadenceDefinition.BY_HAND) ? null : cadence;
    }

    /** How far it has come. */
    public enum State {
        /** Who gets what is being written down; nothing is sent. */
        COMPOSING,
        SENDING,
        /** An admin holds it back; what is under way ends. */
        PAUSED,
        CANCELLED,
        SENT,
        /** Nobody was due anything, or there were fewer articles than the cadence's minimum. */
        NOTHING_NEW;

        private static final Map<State, Set<State>> NEXT = Map.of(
                COMPOSING, EnumSet.of(SENDING, PAUSED, NOTHING_NEW, CANCELLED),
                SENDING, EnumSet.of(PAUSED, SENT, CANCELLED),
                PAUSED, EnumSet.of(SENDING, CANCELLED),
                // Held deliveries of it are sent again.
                SENT, EnumSet.of(SENDING),
                CANCELLED, EnumSet.noneOf(State.class),
                NOTHING_NEW, EnumSet.noneOf(State.class));

        /** Whether an edition in this state may come into that one. */
        public boolean mayBecome(State next) {
            return NEXT.getOrDefault(this, Set.of()).contains(next);
        }

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
