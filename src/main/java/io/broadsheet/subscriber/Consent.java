package io.broadsheet.subscriber;

import io.broadsheet.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed or withdrawn, when and how shown (GDPR art. 7).
 *
 * @param evidence where an admin says it comes from; absent when the person acted here
 * @param ip of the person; absent when an admin acted
 * @param agent their browser's User-Agent; absent likewise
 */
public record Consent(
        SubscriberId subscriber,
        NewsletterId newsletter,
        What what,
        Instant at,
        @Nullable String evidence,
        @Nullable String ip,
        @Nullable String agent) {
    /** What happened. */
    public enum What {
        REQUESTED,
        CONFIRMED,
        IMPORTED,
        WITHDRAWN;

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static What of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
