package io.broadsheet.subscriber;

import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person's choice of one newsletter.
 *
 * @param topics names of the topics they chose
 * @param requested when they, or an admin for them, first asked
 * @param joined when it became active or changed its cadence; absent while it never did
 * @param dueAfter articles eligible after this instant are due to it: the newest slot of its cadence before it joined; absent with {@code joined}
 * @param ended absent unless it ended
 * @param endedWhy absent unless it ended
 */
public record Subscription(
        NewsletterId newsletter,
        SubscriberId subscriber,
        String cadence,
        List<String> topics,
        State state,
        Instant requested,
        @Nullable Instant joined,
        @Nullable Instant dueAfter,
        @Nullable Instant ended,
        @Nullable EndedWhy endedWhy) {
    public Subscription {
        topics = List.copyOf(topics);
    }

    /** How far it has come. */
    public enum State {
        /** Asked for, not confirmed: gets nothing but the confirmation. */
        PENDING,
        ACTIVE,
        ENDED;

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Why it ended. */
    public enum EndedWhy {
        UNSUBSCRIBED,
        SUPPRESSED,
        REMOVED;

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static EndedWhy of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
