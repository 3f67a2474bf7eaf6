package io.broadsheet.template;

import java.util.Locale;
import java.util.Set;

/** Which way a language is written: the value of HTML's {@code dir}. */
public final class Direction {
    /** Languages usually written in Arabic, Hebrew, Syriac, Thaana, N'Ko or Adlam letters. */
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi");

    private static final Set<String> RIGHT_TO_LEFT_SCRIPTS =
            Set.of("Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa");

    private Direction() {}

    /** {@code rtl} or {@code ltr} for a BCP 47 tag; a script named in the tag wins over what its language usually uses. */
    public static String of(String language) {
        Locale locale = Locale.forLanguageTag(language);
        boolean rightToLeft = locale.getScript().isEmpty()
                ? RIGHT_TO_LEFT.contains(locale.getLanguage())
                : RIGHT_TO_LEFT_SCRIPTS.contains(locale.getScript());
        return rightToLeft ? "rtl" : "ltr";
    }
}
