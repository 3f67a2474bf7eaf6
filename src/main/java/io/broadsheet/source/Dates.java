package io.broadsheet.source;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates as feeds and people write them: RFC 822 and its many misspellings, ISO 8601, epoch numbers, and written-out dates in nine languages.
 * What is not a date, or not a possible one, is no date: none is invented. Safe for several threads, because it keeps nothing.
 */
final class Dates {
    /** Before this there was no web to publish on: an earlier date is a default value (1970, year 1), not a date. */
    private static final Instant EARLIEST = Instant.parse("1994-01-01T00:00:00Z");

    private static final int CHARACTERS_MAX = 100;

    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

    private static final Pattern ISO =
            Pattern.compile("(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?|(\\d{2})(\\d{2}))?"
                    + "(?:(?:[T_ ]|\\s+)(\\d{1,2})(?::?(\\d{2})(?::?(\\d{2})(?:[.,]\\d+)?)?)?\\s*(.*))?");
    private static final Pattern ISO_WEEK = Pattern.compile("(\\d{4})-?W(\\d{2})(?:-?([1-7]))?(T.*)?");
    private static final Pattern ISO_DAY = Pattern.compile("(\\d{4})-?(\\d{3})(T.*)?");
    private static final Pattern EPOCH = Pattern.compile("(\\d{9,10})(\\d{3})?(?:\\.\\d+)?");
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?:[,T ]\\s*(.*))?");
    private static final Pattern CJK = Pattern.compile("(\\d{4})[年년]\\s*(\\d{1,2})[月월]\\s*(\\d{1,2})[日일](.*)");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,2})[:.h](\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?:\\s*([ap])\\.?\\s?m\\b\\.?)?|\\b(\\d{1,2})\\s*([ap])\\.?\\s?m\\b\\.?");
    private static final Pattern OFFSET =
            Pattern.compile("(?:gmt|utc|z)?\\s*([+-])\\s*(\\d{1,2}):?(\\d{2})?(?![\\d:])");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(\\d{4})(?!\\d)");
    private static final Pattern DAY = Pattern.compile("(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|\\.|º|ª)?(?!\\d)");
    private static final Pattern YEAR_2 = Pattern.compile("(?<!\\d)(\\d{2})(?!\\d)");
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Pattern NAMED_ZONE =
            Pattern.compile("\\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/[A-Za-z_]+");

    private static final Map<String, Integer> MONTHS = DateWords.months();
    private static final Map<String, String> ZONES = DateWords.zones();

    private Dates() {}

    /**
     * @param instant what the text says; absent when it can't be said
     * @param why not; absent with an instant
     */
    record Found(@Nullable Instant instant, @Nullable String why) {}

    /** @param zone for a text that names none, and for zone names that several countries use */
    static Found read(String text, ZoneId zone) {
        String tidy = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .strip();
        if (tidy.isEmpty() || tidy.length() > CHARACTERS_MAX) {
            return new Found(null, "is no date");
        }
        try {
            boolean korean = zone.equals(ZoneOffset.UTC) && tidy.indexOf(':') > 0 && DateForms.isKorean(tidy);
            Instant instant = instant(DateForms.tidy(tidy), korean ? KOREA : zone);
            if (instant == null) {
                return new Found(null, "is no date");
            }
            return instant.isBefore(EARLIEST) || instant.isAfter(Instant.parse("9999-12-31T00:00:00Z"))
                    ? new Found(null, "is not a likely date")
                    : new Found(instant, null);
        } catch (DateTimeException | NumberFormatException e) {
            return new Found(null, "is a date that does not exist");
        }
    }

    private static @Nullable Instant instant(String text, ZoneId zone) {
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return Instant.ofEpochSecond(Long.parseLong(epoch.group(1)));
        }
        Matcher week = ISO_WEEK.matcher(text);
        if (week.matches()) {
            LocalDate day = LocalDate.of(Integer.parseInt(week.group(1)), 1, 4)
                    .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Integer.parseInt(week.group(2)))
                    .with(DayOfWeek.of(week.group(3) == null ? 1 : Integer.parseInt(week.group(3))));
            return onDay(day, week.group(4), zone);
        }
        Matcher ordinal = ISO_DAY.matcher(text);
        if (ordinal.matches()) {
            LocalDate day = LocalDate.ofYearDay(Integer.parseInt(ordinal.group(1)), Integer.parseInt(ordinal.group(2)));
            return onDay(day, ordinal.group(3), zone);
        }
        Matcher iso = ISO.matcher(text.replaceFirst("(?<=\\d)t(?=\\d)", "T"));
        if (iso.matches()) {
            return iso(iso, zone);
        }
        return written(text, zone);
    }

    private static @Nullable Instant onDay(LocalDate day, @Nullable String time, ZoneId zone) {
        Matcher iso = ISO.matcher(day + (time == null ? "" : time));
        return iso.matches() ? iso(iso, zone) : null;
    }

    private static Instant iso(Matcher iso, ZoneId zone) {
        String month = iso.group(2) != null ? iso.group(2) : iso.group(4);
        String day = iso.group(3) != null ? iso.group(3) : iso.group(5);
        LocalDate date = LocalDate.of(number(iso.group(1), 1), number(month, 1), number(day, 1));
        if (iso.group(6) == null) {
            return date.atStartOfDay(zone).toInstant();
        }
        LocalDateTime time = at(date, number(iso.group(6), 0), number(iso.group(7), 0), number(iso.group(8), 0));
        String rest = iso.group(9) == null ? "" : iso.group(9);
        Matcher half = Pattern.compile("(?i)^([ap])\\.?m").matcher(rest);
        if (half.find()) {
            time = at(
                    date,
                    hour(number(iso.group(6), 0), half.group(1)),
                    number(iso.group(7), 0),
                    number(iso.group(8), 0));
        }
        return time.atZone(zoneOf(rest, zone)).toInstant();
    }

    private static @Nullable Instant written(String text, ZoneId zone) {
        Matcher cjk = CJK.matcher(text);
        if (cjk.find()) {
            LocalDate date = LocalDate.of(number(cjk.group(1), 1), number(cjk.group(2), 1), number(cjk.group(3), 1));
            return withTime(date, cjk.group(4), zone);
        }
        Matcher numbers = NUMBERS.matcher(text.replaceFirst("^\\p{L}+\\.?,? ", ""));
        if (numbers.matches()) {
            return numbers(numbers, zone);
        }
        return named(text, zone);
    }

    /** Day before month with dots, as all who write dots do; with other signs only if one of them can be no month: else nobody knows. */
    private static @Nullable Instant numbers(Matcher numbers, ZoneId zone) {
        int first = number(numbers.group(1), 0);
        int second = number(numbers.group(3), 0);
        boolean dayFirst = numbers.group(2).equals(".") || first > 12;
        if (!dayFirst && second <= 12 && first != second) {
            return null;
        }
        LocalDate date = LocalDate.of(year(numbers.group(4)), dayFirst ? second : first, dayFirst ? first : second);
        return withTime(date, numbers.group(5), zone);
    }

    private static @Nullable Instant named(String text, ZoneId zone) {
        String lower = text.toLowerCase(Locale.ROOT);
        int month = 0;
        Matcher words = WORD.matcher(lower);
        StringBuilder rest = new StringBuilder(lower);
        while (words.find() && month == 0) {
            month = MONTHS.getOrDefault(withoutAccents(words.group()), 0);
            if (month > 0) {
                blank(rest, words.start(), words.end());
            }
        }
        if (month == 0) {
            return null;
        }
        Matcher time = TIME.matcher(rest);
        String clock = "";
        if (time.find()) {
            clock = text.substring(time.start());
            // The year may follow the time, as in C's asctime; the offset never counts as a day.
            blank(rest, time.start(), time.end());
        }
        Matcher offset = OFFSET.matcher(rest);
        if (!clock.isEmpty() && offset.find(time.start())) {
            blank(rest, offset.start(), offset.end());
        }
        return dated(rest, month, clock, zone);
    }

    private static @Nullable Instant dated(StringBuilder rest, int month, String clock, ZoneId zone) {
        Matcher year4 = YEAR.matcher(rest);
        String year = null;
        if (year4.find()) {
            year = year4.group(1);
            blank(rest, year4.start(), year4.end());
        }
        Matcher day = DAY.matcher(rest);
        if (!day.find()) {
            return null;
        }
        int dayOfMonth = number(day.group(1), 0);
        blank(rest, day.start(), day.end());
        Matcher year2 = YEAR_2.matcher(rest);
        if (year == null && year2.find()) {
            year = year2.group(1);
        }
        return year == null ? null : withTime(LocalDate.of(year(year), month, dayOfMonth), clock, zone);
    }

    private static Instant withTime(LocalDate date, @Nullable String clock, ZoneId zone) {
        Matcher time = TIME.matcher(clock == null ? "" : clock.toLowerCase(Locale.ROOT));
        if (clock == null || !time.find()) {
            return date.atStartOfDay(zone).toInstant();
        }
        String half = time.group(4) != null ? time.group(4) : time.group(6);
        int hour = hour(number(time.group(1) != null ? time.group(1) : time.group(5), 0), half);
        LocalDateTime at = at(date, hour, number(time.group(2), 0), number(time.group(3), 0));
        return at.atZone(zoneOf(clock.substring(time.end()), zone)).toInstant();
    }

    /** 24:00 is the next day's midnight; second 60, a leap second, is told as 59. */
    private static LocalDateTime at(LocalDate date, int hour, int minute, int second) {
        boolean midnight = hour == 24 && minute == 0 && second == 0;
        LocalDate day = midnight ? date.plusDays(1) : date;
        return day.atTime(LocalTime.of(midnight ? 0 : hour, minute, second == 60 ? 59 : second));
    }

    private static int hour(int hour, @Nullable String half) {
        if (half == null || hour > 12) {
            return hour;
        }
        return hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }

    private static ZoneId zoneOf(String text, ZoneId fallback) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        Matcher offset = OFFSET.matcher(lower);
        if (offset.find()) {
            int hours = number(offset.group(2), 0);
            int minutes = number(offset.group(3), 0);
            int seconds = (hours * 60 + minutes) * 60;
            // Beyond +-18 h there is no zone; the time is then taken as it stands.
            return seconds > 18 * 3600
                    ? ZoneOffset.UTC
                    : ZoneOffset.ofTotalSeconds(offset.group(1).equals("-") ? -seconds : seconds);
        }
        Matcher named = NAMED_ZONE.matcher(text);
        if (named.find()) {
            return ZoneId.of(named.group());
        }
        Matcher words = WORD.matcher(lower);
        while (words.find()) {
            String zone = ZONES.get(words.group());
            if (zone != null) {
                return DateWords.sharedBy(words.group(), fallback) ? fallback : ZoneId.of(zone);
            }
        }
        return fallback;
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null || digits.isEmpty() ? absent : Integer.parseInt(digits);
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            return year;
        }
        // RFC 2822 §4.3
        return year < 50 ? 2000 + year : 1900 + year;
    }

    private static String withoutAccents(String word) {
        // Cyrillic й would lose its breve, and with it the difference from и, which no month name needs.
        return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int at = from; at < to; at++) {
            text.setCharAt(at, ' ');
        }
    }
}
