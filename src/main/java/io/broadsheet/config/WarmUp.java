package io.broadsheet.config;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How many messages a new sender may send a day while providers learn to know it.
 *
 * @param from the first day, in the site's time zone
 * @param first how many on that day, at least 1
 * @param growth how many times as many on each day after, more than 1
 * @param until the plan is over on the day that would allow more than this
 */
public record WarmUp(LocalDate from, long first, double growth, long until) {
    /** How many on that day; {@link Long#MAX_VALUE} once the plan is over, and before its first day what that day allows. */
    public long allowance(LocalDate day) {
        long days = Math.max(0, ChronoUnit.DAYS.between(from, day));
        double allowed = Math.floor(first * Math.pow(growth, days));
        return allowed > until ? Long.MAX_VALUE : (long) allowed;
    }
}
