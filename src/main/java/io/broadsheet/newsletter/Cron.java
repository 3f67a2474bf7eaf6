package io.broadsheet.newsletter;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.broadsheet.error.UserError;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cron expression in Quartz's dialect, as times on a wall clock that never changes. What a zone's clock does to them is {@link Slots}' affair: the
 * library's own arithmetic loses a slot in a missing hour and moves one in a doubled hour, so it is only ever asked in UTC.
 */
final class Cron {
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(1970, 1, 1, 0, 0);

    /** What each field may be, in the order they are written, for errors. */
    private static final List<Field> FIELDS = List.of(
            new Field("second", "0 to 59"),
            new Field("minute", "0 to 59"),
            new Field("hour", "0 to 23"),
            new Field("day of month", "1 to 31, L, LW or 15W"),
            new Field("month", "1 to 12 or JAN to DEC"),
            new Field("day of week", "1 (Sunday) to 7 or SUN to SAT, MON#1 or 6L"),
            new Field("year", "1970 to 2099"));

    private static final CronDefinition QUARTZ = CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);
    private static final int DAY_OF_MONTH = 3;
    private static final int DAY_OF_WEEK = 5;
    private static final List<String> ANY = List.of("*", "*", "*", "*", "*", "?", "*");
    private static final Pattern RANGE = Pattern.compile("(?<![0-9#L-])([0-9]{1,4})-([0-9]{1,4})");

    private final ExecutionTime times;

    private Cron(ExecutionTime times) {
        this.times = times;
    }

    /** An expression that was checked when it was read from a definition: the quick way, for every look at a calendar. */
    static Cron checked(String expression) {
        return parse(expression).orElseThrow(() -> new IllegalArgumentException("no cron: " + expression));
    }

    /** @throws UserError naming the field that is wrong and what it may be */
    static Cron of(String expression) {
        List<String> fields = List.of(expression.strip().split("\\s+"));
        if (fields.size() < 6 || fields.size() > 7) {
            throw wrong(
                    expression,
                    "has " + fields.size() + " fields; write second, minute, hour, day of month, month, day of week"
                            + (fields.size() == 5
                                    ? " (put '0' in front for the second, and '?' for one of the two days)"
                                    : ""));
        }
        for (int at = 0; at < fields.size(); at++) {
            checkField(expression, fields.get(at), at);
        }
        checkDays(expression, fields);
        Cron cron = parse(String.join(" ", fields))
                .orElseThrow(() -> wrong(expression, "is not Quartz cron; write one such as '0 0 7 * * ?'"));
        if (cron.firstFrom(LONG_AGO).isEmpty()) {
            throw wrong(expression, "names no day that ever comes");
        }
        return cron;
    }

    /** The first time at or after this one. */
    Optional<LocalDateTime> firstFrom(LocalDateTime from) {
        return times.nextExecution(from.minusNanos(1).atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    /** The last time before this one. */
    Optional<LocalDateTime> lastBefore(LocalDateTime before) {
        return times.lastExecution(before.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    /** The library names a bad value but not the field; so each field is tried among others that are surely right. */
    private static void checkField(String expression, String field, int at) {
        List<String> among = new ArrayList<>(ANY);
        among.set(at, field);
        if (at == DAY_OF_WEEK && !field.equals("?")) {
            among.set(DAY_OF_MONTH, "?");
        }
        if (at == DAY_OF_MONTH && field.equals("?")) {
            among.set(DAY_OF_WEEK, "*");
        }
        if (parse(String.join(" ", among)).isEmpty()) {
            throw wrong(
                    expression,
                    FIELDS.get(at).name() + " must be " + FIELDS.get(at).allowed());
        }
        Matcher range = RANGE.matcher(field);
        while (range.find()) {
            // Quartz reads 22-2 as 22 to 2 over midnight, the library does not agree with itself about it.
            if (Integer.parseInt(range.group(1)) > Integer.parseInt(range.group(2))) {
                throw wrong(
                        expression,
                        FIELDS.get(at).name() + " '" + range.group()
                                + "' falls; write two rising ranges, such as 22-23,0-2");
            }
        }
    }

    private static void checkDays(String expression, List<String> fields) {
        boolean openMonth = fields.get(DAY_OF_MONTH).equals("?");
        boolean openWeek = fields.get(DAY_OF_WEEK).equals("?");
        if (openMonth == openWeek) {
            throw wrong(
                    expression,
                    openMonth
                            ? "day of month and day of week are both '?'; give one of them"
                            : "one of day of month and day of week must be '?'");
        }
    }

    private static Optional<Cron> parse(String expression) {
        try {
            CronParser parser = new CronParser(QUARTZ);
            return Optional.of(
                    new Cron(ExecutionTime.forCron(parser.parse(expression).validate())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // its text names neither the field nor the mend: the caller says both
        }
    }

    private static UserError wrong(String expression, String what) {
        return new UserError("cron '" + expression + "': " + what);
    }

    private record Field(String name, String allowed) {}
}
