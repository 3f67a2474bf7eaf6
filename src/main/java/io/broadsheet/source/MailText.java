package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain text of a mail without what mail programs put around it; or, of one that was passed on within another's text, that one and what its header
 * there says.
 *
 * @param from as the header within the text has it; absent when there is none, as are the two behind it
 * @param isWithin whether the mail was within another's text
 */
record MailText(
        String body,
        @Nullable String from,
        @Nullable String date,
        @Nullable String subject,
        boolean isWithin) {
    private static final Pattern MARK = Pattern.compile(
            "(?i)^(?:-{2,}\\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht)[^-]{0,80}-{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:)$");
    private static final Pattern LABELLED = Pattern.compile("^\\*?(\\p{L}{2,12}(?:-\\p{L}{2,12})?)\\s?:\\*?\\s*(.*)$");

    /** RFC 3676 §4.3; many an editor takes the blank off. */
    private static final Pattern SIGNATURE = Pattern.compile("^--\\s?$");

    /** Of one line, as of the fields of the mail itself. */
    private static final int FIELD_MAX = 4_000;

    private static final int HEADER_LINES_MAX = 20;

    /** @param forwarded whether the subject says that the mail was passed on */
    static MailText of(String text, boolean forwarded, Notes notes) {
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            if (!MARK.matcher(unquoted(lines.get(at))).matches()) {
                continue;
            }
            boolean cover = lines.subList(0, at).stream().anyMatch(line -> !line.isBlank());
            if (cover && !forwarded) {
                notes.add("an older mail below the text was left out");
                // What of the mail is in HTML goes on with the older one too, and so isn't shown.
                return new MailText(plain(lines.subList(0, at)).body(), null, null, null, true);
            }
            if (cover) {
                notes.add("what the one who passed the mail on wrote above it was left out");
            }
            return within(lines.subList(at + 1, lines.size()));
        }
        return plain(lines);
    }

    private static String unquoted(String line) {
        return line.replaceFirst("^[> ]+", "").strip();
    }

    private static MailText plain(List<String> lines) {
        for (int at = 1; at < lines.size(); at++) {
            if (SIGNATURE.matcher(lines.get(at)).matches()) {
                return new MailText(String.join("\n", lines.subList(0, at)), null, null, null, false);
            }
        }
        return new MailText(String.join("\n", lines), null, null, null, false);
    }

    private static MailText within(List<String> lines) {
        boolean quoted = lines.stream().filter(line -> !line.isBlank()).allMatch(line -> line.startsWith(">"));
        List<String> left = new ArrayList<>(lines);
        if (quoted) {
            left.replaceAll(line -> line.replaceFirst("^> ?", ""));
        }
        int at = 0;
        while (at < left.size() && left.get(at).isBlank()) {
            at++;
        }
        String from = null;
        String date = null;
        String subject = null;
        for (int end = at + HEADER_LINES_MAX; at < Math.min(end, left.size()); at++) {
            Matcher field = LABELLED.matcher(left.get(at).strip());
            if (!field.matches()) {
                break;
            }
            String all = field.group(2);
            String value = all.substring(0, Math.min(all.length(), FIELD_MAX));
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "from", "von", "de", "da", "van" -> from = value;
                case "date", "sent", "datum", "gesendet", "fecha", "envoyé", "data" -> date = value;
                case "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp" -> subject = value;
                default -> {}
            }
        }
        MailText body = plain(left.subList(at, left.size()));
        return new MailText(body.body(), from, date, subject, true);
    }
}
