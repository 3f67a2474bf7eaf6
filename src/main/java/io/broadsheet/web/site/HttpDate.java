package io.broadsheet.web.site;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in HTTP headers (RFC 9110 §5.6.7): one form to write, three to read. English whatever the JVM's locale. */
final class HttpDate {
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);
    /** A year of two digits is the nearest such year that is not more than fifty ahead; 1970 to 2069 will do for our lifetime. */
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);

    private HttpDate() {}

    static String write(Instant instant) {
        return FIXED.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** @return empty when there is no such header, several, or no date in it (§13.1.3: then it is passed over) */
    static Optional<Instant> read(List<String> lines) {
        if (lines.size() != 1) {
            return Optional.empty();
        }
        for (DateTimeFormatter form : List.of(FIXED, RFC_850, ASCTIME)) {
            try {
                return Optional.of(
                        LocalDateTime.parse(lines.get(0).strip(), form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException notThisForm) {
                continue;
            }
        }
        return Optional.empty();
    }
}
