package io.broadsheet.source;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways of writing a date that are others turned round: brought into those that {@link Dates} reads. Safe for several threads, because it keeps nothing. */
final class DateForms {
    private record Form(Pattern written, String read) {}

    /** In this order, each applied once. What is bounded here is bounded so that no text makes a pattern try long. */
    private static final List<Form> FORMS = List.of(
            form("[\\u2212\\u2010\\u2011](?=\\d)", "-"),
            form("^/Date\\((\\d{9,13})(?:[+-]\\d{4})?\\)/$", "$1"),
            form("^\\p{L}{1,20}: (?=\\d{4}[-/.])", ""),
            form("^\\p{L}{2,12}\\.?,? (?=\\d{4}[-/.]\\d)", ""),
            form("(?:오전|午前|上午) ?(\\d{1,2}:\\d{2}(?::\\d{2})?)", "$1 am"),
            form("(?:오후|午後|下午) ?(\\d{1,2}:\\d{2}(?::\\d{2})?)", "$1 pm"),
            form("(\\d{1,2})[時时시点點] ?(\\d{1,2})[分분](?: ?(\\d{1,2})[秒초])?", "$1:$2"),
            // Hungarian: year, the month's name, day.
            form("^(\\d{4})-(\\p{L}{3,15})-(\\d{1,2})T?", "$3 $2 $1 "),
            form("^(\\d{8})(\\d{6})$", "$1T$2"),
            form("^(\\d{4}-\\d{1,2}-\\d{1,2}), ", "$1 "),
            form("(?<=\\dT\\d{2})h(?=\\d{2})", ":"));

    private static final Pattern HANGUL = Pattern.compile("[년월오전후]");

    private DateForms() {}

    private static Form form(String written, String read) {
        return new Form(Pattern.compile(written), read);
    }

    /** @param text in NFKC, in one line, short */
    static String tidy(String text) {
        String tidy = text;
        for (Form form : FORMS) {
            Matcher found = form.written().matcher(tidy);
            tidy = found.find() ? found.replaceFirst(form.read()) : tidy;
        }
        return tidy;
    }

    /** Korean is written in one zone. */
    static boolean isKorean(String text) {
        return HANGUL.matcher(text).find();
    }
}
