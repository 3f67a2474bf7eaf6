package io.broadsheet.template;

import java.time.ZoneId;
import java.util.Locale;

/**
 * Where a reader is, for what {@code $date} writes.
 *
 * @param locale the language of dates
 * @param zone whose local time dates are shown in
 */
public record Locality(Locale locale, ZoneId zone) {
    /** @param language BCP 47 tag, such as {@code de} or {@code ar-EG} */
    public static Locality of(String language, ZoneId zone) {
        return new Locality(Locale.forLanguageTag(language), zone);
    }
}
