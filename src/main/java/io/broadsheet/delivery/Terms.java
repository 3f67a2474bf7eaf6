package io.broadsheet.delivery;

import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import java.time.Duration;
import java.time.Instant;

/**
 * How long and how often one mail is tried.
 *
 * @param since when it came into the queue
 * @param giveUp how long after that a deferred one is given up
 * @param unknown what follows an unknown outcome
 */
record Terms(Instant since, Duration giveUp, Unknown unknown) {}
