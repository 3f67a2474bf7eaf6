package io.broadsheet.source;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Our subscription at a hub, for one source.
 *
 * @param leaseUntil until when the hub pushes; absent before it proved that it took us
 * @param next when it is asked next
 * @param failures requests in a row that it did not prove
 * @param error of the last one; absent when it answered well
 */
public record HubSubscription(
        long id,
        SourceId source,
        HubLink link,
        State state,
        @Nullable Instant leaseUntil,
        Instant next,
        int failures,
        @Nullable String error) {
    /** How it stands. */
    public enum State {
        /** To be asked for, or asked for. */
        WANTED,
        /** The hub proved that it took it. */
        LIVE,
        /** The hub said no. */
        DENIED,
        /** To be ended at the hub. */
        LEAVING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
