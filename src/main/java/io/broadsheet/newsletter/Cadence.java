package io.broadsheet.newsletter;

import java.time.Instant;

/**
 * One cadence of a newsletter.
 *
 * @param since no slot up to this instant is due: when it was first applied, enabled again, or its cron or zone changed
 */
public record Cadence(NewsletterId newsletter, CadenceDefinition definition, Instant since) {
    public String name() {
        return definition.name();
    }
}
