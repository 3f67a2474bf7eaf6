package io.broadsheet.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token that lets its holder post articles to one source; not the token itself.
 *
 * @param id opaque
 * @param note what an admin calls it; absent: nothing
 * @param used to the minute or so; absent: never
 * @param revoked absent: it is good
 */
public record SourceToken(
        String id,
        String source,
        @Nullable String note,
        Instant created,
        @Nullable Instant used,
        @Nullable Instant revoked) {}
