package io.broadsheet.delivery;

import io.broadsheet.edition.Edition;
import io.broadsheet.edition.EditionId;
import io.broadsheet.newsletter.NewsletterId;
import java.time.Duration;

/**
 * An edition on its way.
 *
 * @param name the newsletter's
 * @param terms how long and how often each of its deliveries is tried
 */
record SendingEdition(EditionId id, NewsletterId newsletter, String name, Terms terms) {
    /** @param giveUp where its newsletter does not say */
    static SendingEdition of(Edition edition, Duration giveUp) {
        Duration own = edition.definition().giveUp();
        Terms terms = new Terms(
                edition.started(),
                own == null ? giveUp : own,
                edition.definition().unknown());
        return new SendingEdition(
                edition.id(), edition.newsletter(), edition.definition().name(), terms);
    }
}
