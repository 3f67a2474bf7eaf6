package io.broadsheet.newsletter;

import io.broadsheet.config.Nearest;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people subscribe to, as the database holds it.
 *
 * @param provisioned whether config files define it, so that it is read-only elsewhere
 * @param created when it was first applied: what is older is no news to its readers
 * @param closed since when its definition is gone; absent while it is open
 */
public record Newsletter(
        NewsletterId id,
        NewsletterDefinition definition,
        boolean provisioned,
        Instant created,
        @Nullable Instant closed) {
    public String name() {
        return definition.name();
    }

    /**
     * One of its cadences.
     *
     * @throws UserError when it has none of this name
     */
    public CadenceDefinition cadence(String name) {
        return definition.cadences().stream()
                .filter(cadence -> cadence.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserError("newsletter " + name() + ": no cadence '" + Safe.text(name) + "'"
                        + Nearest.mend(
                                name,
                                definition.cadences().stream()
                                        .map(CadenceDefinition::name)
                                        .toList())));
    }

    /** Whether it has a cadence of this name. */
    public boolean offers(String cadence) {
        return definition.cadences().stream().anyMatch(one -> one.name().equals(cadence));
    }

    /** The same as it was defined at another time. */
    public Newsletter with(NewsletterDefinition other) {
        return new Newsletter(id, other, provisioned, created, closed);
    }

    /** Whether editions may be composed on schedule. */
    public boolean isRunning() {
        return closed == null && !definition.paused();
    }
}
