package io.broadsheet.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes instants for people: in the time of the machine they sit at, to the minute. */
final class Moment {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private Moment() {}

    static String of(@Nullable Instant instant) {
        return instant == null ? "-" : FORMAT.format(instant);
    }
}
