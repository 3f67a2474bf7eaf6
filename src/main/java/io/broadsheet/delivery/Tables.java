package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.edition.EditionStore;
import java.time.Clock;

/** What finding work reads and writes. */
record Tables(
        Database database, Clock clock, DeliveryStore deliveries, OutboxQueueStore outbox, EditionStore editions) {}
