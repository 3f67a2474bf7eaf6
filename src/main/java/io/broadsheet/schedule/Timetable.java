package io.broadsheet.schedule;

import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
        @Nullable ZoneId zone) {
    /** The timetables of newsletters that are not paused; {@code each} has none, since its editions follow from collecting. */
    public static List<Timetable> of(List<Newsletter> newsletters, ZoneId siteZone) {
        List<Timetable> timetables = new ArrayList<>();
        for (Newsletter newsletter : newsletters) {
            for (CadenceDefinition cadence : newsletter.definition().cadences()) {
                String cron = cadence.cron();
                if (cron != null && newsletter.isRunning()) {
                    timetables.add(new Timetable(newsletter.name(), cadence.name(), cron, zone(cadence, siteZone)));
                }
            }
        }
        return timetables;
    }

    private static @Nullable ZoneId zone(CadenceDefinition cadence, ZoneId siteZone) {
        if (cadence.readerZone()) {
            return null;
        }
        return cadence.timeZone() == null ? siteZone : cadence.timeZone();
    }
}
