package io.broadsheet.newsletter;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a cadence is due. Slots are times on the wall clock of a zone, and each local day has as many as its cron says, also on the days that the clock
 * changes:
 *
 * <ul>
 *   <li>a slot in a missing hour is due once, at the first instant after the gap; where that would already be the next day (a gap that ends at
 *       midnight), in the last second before it;
 *   <li>a slot in a doubled hour is due once, at its first occurrence;
 *   <li>a day that a zone left out altogether (Apia's 30 December 2011) has no slot.
 * </ul>
 *
 * <p>{@code each} has no slots: its editions follow from collecting. Safe for several threads, because nothing is kept.
 */
public final class Slots {
    private Slots() {}

    /**
     * The newest slot that has come, so that after a long stop only one is caught up.
     *
     * @param fallback the zone of cadences that name none, the site's; for readers' own zones use {@link #newestSlotIn}
     * @param since slots at or before this are not due: when the newsletter was applied or re-enabled, or the newest slot already served
     * @param now slots up to and at this are due
     */
    public static Optional<Instant> newestSlot(CadenceDefinition cadence, ZoneId fallback, Instant since, Instant now) {
        return newestSlotIn(cadence, zone(cadence, fallback), since, now);
    }

    /** The first slot after an instant. */
    public static Optional<Instant> nextSlot(CadenceDefinition cadence, ZoneId fallback, Instant after) {
        return nextSlotIn(cadence, zone(cadence, fallback), after);
    }

    /** As {@link #newestSlot}, on the wall clock of this zone, whatever the cadence names: for {@code time-zone: reader}. */
    public static Optional<Instant> newestSlotIn(CadenceDefinition cadence, ZoneId zone, Instant since, Instant now) {
        return cadence.cron() == null
                ? Optional.empty()
                : newest(Cron.checked(cadence.cron()), zone.getRules(), now).filter(slot -> slot.isAfter(since));
    }

    /** As {@link #nextSlot}, on the wall clock of this zone, whatever the cadence names: for {@code time-zone: reader}. */
    public static Optional<Instant> nextSlotIn(CadenceDefinition cadence, ZoneId zone, Instant after) {
        return cadence.cron() == null ? Optional.empty() : next(Cron.checked(cadence.cron()), zone.getRules(), after);
    }

    private static ZoneId zone(CadenceDefinition cadence, ZoneId fallback) {
        return cadence.timeZone() == null ? fallback : cadence.timeZone();
    }

    private static Optional<Instant> newest(Cron cron, ZoneRules rules, Instant now) {
        Optional<LocalDateTime> local = cron.lastBefore(edge(rules, now));
        while (local.isPresent() && isLeftOut(rules, local.get())) {
            local = cron.lastBefore(gap(rules, local.get()).getDateTimeBefore());
        }
        return local.map(slot -> due(rules, slot));
    }

    private static Optional<Instant> next(Cron cron, ZoneRules rules, Instant after) {
        Optional<LocalDateTime> local = cron.firstFrom(edge(rules, after));
        while (local.isPresent() && isLeftOut(rules, local.get())) {
            local = cron.firstFrom(gap(rules, local.get()).getDateTimeAfter());
        }
        return local.map(slot -> due(rules, slot));
    }

    /** The wall-clock time before which lie exactly the slots that are due at or before an instant. */
    private static LocalDateTime edge(ZoneRules rules, Instant instant) {
        @Nullable ZoneOffsetTransition coming = rules.nextTransition(instant);
        if (coming != null && coming.isGap() && endsNextDay(coming) && !instant.isBefore(lastSecondBefore(coming))) {
            return coming.getDateTimeBefore().toLocalDate().plusDays(1).atStartOfDay();
        }
        @Nullable ZoneOffsetTransition past = rules.previousTransition(instant.plusNanos(1));
        boolean second = past != null
                && past.isOverlap()
                && instant.isBefore(past.getInstant().plus(past.getDuration().abs()));
        if (past != null && second) {
            return past.getDateTimeBefore();
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        return local.truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1); // crons know whole seconds, so this is "after local"
    }

    /** When a wall-clock time that exists, or whose day does, is due. Never falls as the wall clock rises. */
    private static Instant due(ZoneRules rules, LocalDateTime local) {
        @Nullable ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null || transition.isOverlap()) {
            return local.toInstant(rules.getValidOffsets(local).get(0));
        }
        boolean sameDay = transition.getDateTimeAfter().toLocalDate().equals(local.toLocalDate());
        return sameDay ? transition.getInstant() : lastSecondBefore(transition);
    }

    /** Whether the zone has no moment of this time's whole day. */
    private static boolean isLeftOut(ZoneRules rules, LocalDateTime local) {
        @Nullable ZoneOffsetTransition transition = rules.getTransition(local);
        return transition != null
                && transition.isGap()
                && !transition.getDateTimeBefore().isAfter(local.toLocalDate().atStartOfDay())
                && !transition
                        .getDateTimeAfter()
                        .isBefore(local.toLocalDate().plusDays(1).atStartOfDay());
    }

    private static ZoneOffsetTransition gap(ZoneRules rules, LocalDateTime local) {
        return rules.getTransition(local);
    }

    private static boolean endsNextDay(ZoneOffsetTransition gap) {
        LocalDateTime before = gap.getDateTimeBefore();
        boolean beginsInADay = !before.equals(before.toLocalDate().atStartOfDay());
        return beginsInADay && gap.getDateTimeAfter().toLocalDate().isAfter(before.toLocalDate());
    }

    private static Instant lastSecondBefore(ZoneOffsetTransition gap) {
        return gap.getInstant().minusSeconds(1);
    }
}
