package io.broadsheet.edition;

import io.broadsheet.newsletter.CadenceDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which edition to compose.
 *
 * @param cadence a cadence's name, or {@link CadenceDefinition#BY_HAND} for the readers of every cadence
 * @param slot its due moment; by hand it is moved on to the next free millisecond
 * @param byHand whether an admin asks
 * @param backlog how many of the newest articles of the back catalogue it may take too; 0 usually
 */
public record ComposeRequest(String newsletter, String cadence, Instant slot, boolean byHand, int backlog) {
    public ComposeRequest {
        if (backlog < 0) {
            throw new IllegalArgumentException("less than no backlog");
        }
    }

    public static ComposeRequest scheduled(String newsletter, String cadence, Instant slot) {
        return new ComposeRequest(newsletter, cadence, slot, false, 0);
    }

    /** @param cadence absent: readers of every cadence */
    public static ComposeRequest byHand(String newsletter, @Nullable String cadence, int backlog, Instant now) {
        return new ComposeRequest(
                newsletter, cadence == null ? CadenceDefinition.BY_HAND : cadence, now, true, backlog);
    }
}
