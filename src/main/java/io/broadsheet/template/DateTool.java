package io.broadsheet.template;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code $date}: writes instants in the reader's zone and language, never the machine's. */
final class DateTool implements Tool {
    private final Locality locality;

    DateTool(Locality locality) {
        this.locality = locality;
    }

    @Override
    public Map<String, Verb> verbs() {
        return Map.of(
                "long", arguments -> longDate(Tool.one(Instant.class, "date", arguments)),
                "iso", arguments -> iso(Tool.one(Instant.class, "date", arguments)));
    }

    private String longDate(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locality.locale())
                .format(local(instant));
    }

    /** RFC 3339, for {@code <time datetime>}. */
    private String iso(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local(instant).truncatedTo(ChronoUnit.SECONDS));
    }

    private ZonedDateTime local(Instant instant) {
        return instant.atZone(locality.zone());
    }
}
