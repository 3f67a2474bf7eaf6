package io.broadsheet.schedule;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When Quartz is to wake for one cadence.
 *
 * @param cron Quartz cron expression
 * @param zone whose local time it means; absent: each reader's own, so that any minute may hold a slot
 */
public record Timetable(
        String newsletter,
        String cadence,
        String cron,
        @Nullable ZoneId zone) {}
