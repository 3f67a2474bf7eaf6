package io.broadsheet.newsletter;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How often a newsletter goes out.
 *
 * @param name {@code [a-z0-9-]+}, unique within the newsletter; {@code by-hand} is reserved
 * @param cron Quartz cron expression; absent for {@code each} alone, which makes one edition per collect round
 * @param timeZone whose local time {@code cron} means; absent: the site's (and for {@code each})
 * @param readerZone whether each subscriber's own zone is meant ({@code time-zone: reader}); then {@code timeZone} serves those who have none
 * @param missed what follows a slot that passed while nothing ran
 * @param minimum with fewer new articles than this the slot makes no edition, and they wait for the next; at least 1
 */
public record CadenceDefinition(
        String name, @Nullable String cron, @Nullable ZoneId timeZone, boolean readerZone, Missed missed, int minimum) {
    /** The name of the cadence that sends every article as it comes. */
    public static final String EACH = "each";
    /** The cadence of editions that an admin sends without naming one. */
    public static final String BY_HAND = "by-hand";

    public boolean isEach() {
        return cron == null;
    }

    /** What follows a slot that passed while nothing ran. */
    public enum Missed {
        CATCH_UP,
        SKIP
    }
}
