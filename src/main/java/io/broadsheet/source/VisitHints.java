package io.broadsheet.source;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a feed says of when it may be asked again: {@code ttl}, {@code skipHours} and {@code skipDays} (RSS 2.0), {@code updatePeriod} and
 * {@code updateFrequency} (the syndication module of RSS 1.0).
 *
 * @param every absent when it does not say
 * @param skippedHours of the day in GMT, 0 to 23
 */
record VisitHints(@Nullable Duration every, Set<Integer> skippedHours, Set<DayOfWeek> skippedDays) {
    static final VisitHints NONE = new VisitHints(null, Set.of(), Set.of());

    private static final int HOURS_A_WEEK = 7 * 24;

    VisitHints {
        skippedHours = Set.copyOf(skippedHours);
        skippedDays = Set.copyOf(skippedDays);
    }

    /** What stands in the feed's head; odd values are as good as absent. */
    static VisitHints of(Document document) {
        Element root = document.getRootElement();
        Element head = RssShape.firstNamed(root, "channel");
        Element from = head == null ? root : head;
        Integer minutes = number(from, "ttl");
        Duration every = minutes == null || minutes < 1 ? period(from) : Duration.ofMinutes(minutes);
        Set<Integer> hours = new HashSet<>();
        for (Element hour : children(from, "skipHours")) {
            Integer of = whole(hour.getText());
            if (of != null && of >= 0 && of <= 24) {
                hours.add(of % 24);
            }
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Element day : children(from, "skipDays")) {
            for (DayOfWeek of : DayOfWeek.values()) {
                if (of.name().equals(day.getText().strip().toUpperCase(Locale.ROOT))) {
                    days.add(of);
                }
            }
        }
        boolean never = hours.size() == 24 || days.size() == DayOfWeek.values().length;
        return never ? new VisitHints(every, Set.of(), Set.of()) : new VisitHints(every, hours, days);
    }

    /** How long to stay away from now on; zero when it does not say. */
    Duration wait(Instant now) {
        Duration wished = every == null ? Duration.ZERO : every;
        ZonedDateTime at =
                now.atZone(ZoneOffset.UTC).plus(wished.compareTo(Rhythm.LONGEST) > 0 ? Rhythm.LONGEST : wished);
        for (int hours = 0; hours < HOURS_A_WEEK && isSkipped(at); hours++) {
            at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        }
        return Duration.between(now, at);
    }

    private boolean isSkipped(ZonedDateTime at) {
        return skippedHours.contains(at.getHour()) || skippedDays.contains(at.getDayOfWeek());
    }

    private static @Nullable Duration period(Element from) {
        Element period = RssShape.firstNamed(from, "updatePeriod");
        if (period == null) {
            return null;
        }
        Duration of = switch (period.getText().strip().toLowerCase(Locale.ROOT)) {
            case "hourly" -> Duration.ofHours(1);
            case "daily" -> Duration.ofDays(1);
            case "weekly" -> Duration.ofDays(7);
            case "monthly" -> Duration.ofDays(30);
            case "yearly" -> Duration.ofDays(365);
            default -> null;
        };
        Integer times = number(from, "updateFrequency");
        return of == null ? null : of.dividedBy(times == null || times < 1 ? 1 : times);
    }

    private static @Nullable Integer number(Element from, String name) {
        Element element = RssShape.firstNamed(from, name);
        return element == null ? null : whole(element.getText());
    }

    private static @Nullable Integer whole(String text) {
        String digits = text.strip();
        return digits.matches("\\d{1,7}") ? Integer.valueOf(digits) : null;
    }

    private static Iterable<Element> children(Element from, String name) {
        Element list = RssShape.firstNamed(from, name);
        return list == null ? Set.of() : list.getChildren();
    }
}
