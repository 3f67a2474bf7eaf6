package io.broadsheet.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One feed and how far it was published.
 *
 * @param provisioned whether a file in {@code config/} defines it
 * @param closed since when it is answered with 410; absent while it is open
 * @param changeNumber how often its bytes changed, over all nodes
 * @param changed when they last did; absent before it was first built
 * @param fingerprint of its three documents; absent before it was first built
 */
public record Feed(
        FeedId id,
        FeedDefinition definition,
        boolean provisioned,
        Instant created,
        @Nullable Instant closed,
        long changeNumber,
        @Nullable Instant changed,
        @Nullable String fingerprint) {
    public String name() {
        return definition.name();
    }
}
