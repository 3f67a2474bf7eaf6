package io.broadsheet.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source and its running state.
 *
 * @param provisioned whether its definition comes from {@code config/sources.yml}, and so is read-only elsewhere
 * @param closed when its definition was removed; absent while it is collected
 * @param established when its first successful visit was taken in whole; absent before: what it shows is back catalogue
 * @param collected the last successful visit; absent before the first
 * @param next when the next visit is due
 * @param paused when an admin paused it; absent while it is visited
 * @param failures visits in a row that failed
 * @param error of the last visit, one line with the mend; absent when it went well
 */
public record Source(
        SourceId id,
        SourceDefinition definition,
        boolean provisioned,
        Instant created,
        @Nullable Instant closed,
        FetchState state,
        @Nullable Instant established,
        @Nullable Instant collected,
        Instant next,
        @Nullable Instant paused,
        int failures,
        @Nullable String error,
        GuidTrust guids,
        NewsRate news) {
    /** When the next visit is due to what is never visited. */
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    public String name() {
        return definition.name();
    }
}
