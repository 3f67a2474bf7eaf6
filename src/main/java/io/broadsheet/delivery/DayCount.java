package io.broadsheet.delivery;

import io.broadsheet.config.WarmUp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How many messages of a day's share in a warm-up are used. Used under its owner's lock. */
final class DayCount {
    private final @Nullable WarmUp plan;
    private final ZoneId zone;
    private LocalDate day = LocalDate.EPOCH;
    private long count;
    private boolean changed;

    /**
     * @param plan absent: nothing is counted, and there is no end
     * @param zone in which days begin
     */
    DayCount(@Nullable WarmUp plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
    }

    void restore(@Nullable LocalDate then, long used) {
        if (then != null) {
            day = then;
            count = used;
        }
    }

    /** Absent where nothing is counted. */
    @Nullable
    LocalDate day() {
        return plan == null ? null : day;
    }

    long count() {
        return count;
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    void started(Instant now) {
        if (plan != null) {
            newDay(now);
            count++;
            changed = true;
        }
    }

    /** @param share among how many nodes the day's share is divided */
    boolean isUsedUp(Instant now, int share) {
        if (plan == null) {
            return false;
        }
        newDay(now);
        return count * share >= plan.allowance(day);
    }

    private void newDay(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (today.isAfter(day)) {
            day = today;
            count = 0;
        }
    }
}
