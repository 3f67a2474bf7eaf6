package io.broadsheet.delivery;

import io.broadsheet.edition.EditionId;
import io.broadsheet.newsletter.NewsletterId;

/**
 * An edition on its way.
 *
 * @param terms how long and how often each of its deliveries is tried
 */
record SendingEdition(EditionId id, NewsletterId newsletter, Terms terms) {}
