package io.broadsheet.source;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a mail within the text of another, as mail programs write it when one is passed on or answered: most with a line that says so above it,
 * Outlook without.
 *
 * @param at its first line, or of what parts it from the text above
 * @param next the first line behind it
 * @param from as it stands there; absent when it is not said, as are the two behind it
 */
record MailHeader(
        int at,
        int next,
        @Nullable String from,
        @Nullable String date,
        @Nullable String subject) {
    private static final Pattern MARK = Pattern.compile(
            "(?i)^(?:-{2,}\\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht)[^-]{0,80}-{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:)$");
    private static final Pattern LABELLED = Pattern.compile(
            "^\\*?([\\p{L}\\p{M}]{1,14}(?:[- ][\\p{L}\\p{M}]{1,12}){0,2})[\\s\\u00a0]?[:：]\\*?[\\s\\u00a0]*(.*)$");

    /** A line as programs draw it between mails. */
    private static final Pattern RULE = Pattern.compile("^[>\\s]*+(?:[_-]{5,200})?[\\s\\u00a0]*+$");

    /** Of one line, as of the fields of the mail itself. */
    private static final int FIELD_MAX = 4_000;

    private static final int LINES_MAX = 20;

    /** Without a line that says so, so many different fields make a header. */
    private static final int FIELDS_MIN = 3;

    private enum Field {
        FROM("from", "von", "de", "da", "van", "från", "fra", "od", "от", "发件人", "寄件者", "差出人", "보낸사람"),
        DATE(
                "date",
                "sent",
                "datum",
                "gesendet",
                "fecha",
                "enviado",
                "enviado el",
                "envoyé",
                "data",
                "inviato",
                "verzonden",
                "skickat",
                "sendt",
                "dato",
                "wysłano",
                "дата",
                "отправлено",
                "发送时间",
                "日期",
                "送信日時",
                "날짜"),
        SUBJECT(
                "subject",
                "betreff",
                "objet",
                "asunto",
                "assunto",
                "oggetto",
                "onderwerp",
                "ämne",
                "emne",
                "temat",
                "тема",
                "主题",
                "主旨",
                "件名",
                "제목"),
        RECEIVERS(
                "to", "cc", "bcc", "an", "kopie", "à", "para", "a", "aan", "till", "til", "do", "dw", "кому", "копия",
                "收件人", "抄送", "宛先", "받는사람"),
        OTHER(
                "reply-to",
                "antwort an",
                "répondre à",
                "organization",
                "organisation",
                "importance",
                "priority",
                "attachments");

        private final Set<String> labels;

        Field(String... labels) {
            this.labels = Set.of(labels);
        }

        static @Nullable Field of(String label) {
            for (Field field : values()) {
                if (field.labels.contains(label)) {
                    return field;
                }
            }
            return null;
        }
    }

    /**
     * The first one.
     *
     * @param from the line to begin at
     * @param passedOn whether the mail is known to hold one
     */
    static @Nullable MailHeader first(List<String> lines, int from, boolean passedOn) {
        boolean cover = false;
        for (int at = from; at < lines.size(); at++) {
            String line = unquoted(lines.get(at));
            boolean marked = MARK.matcher(line).matches();
            if (marked || LABELLED.matcher(line).matches()) {
                MailHeader found = read(lines, marked ? at + 1 : at, marked, passedOn || !cover);
                if (found != null) {
                    return new MailHeader(
                            above(lines, from, at), found.next(), found.from(), found.date(), found.subject());
                }
            }
            cover |= !isEmpty(line);
        }
        return null;
    }

    /** Whether there is nothing to read in it. */
    static boolean isEmpty(String line) {
        return RULE.matcher(line).matches();
    }

    private static int above(List<String> lines, int from, int at) {
        int above = at;
        while (above > from && isEmpty(lines.get(above - 1))) {
            above--;
        }
        return above;
    }

    private static String unquoted(String line) {
        return line.replaceFirst("^[> ]+", "").strip();
    }

    /** @param expected whether nothing stands above it, or it is known that there is one: below a text a memo may look like one, but for addresses */
    private static @Nullable MailHeader read(List<String> lines, int from, boolean marked, boolean expected) {
        int begin = from;
        while (marked && begin < lines.size() && isEmpty(lines.get(begin))) {
            begin++;
        }
        Map<Field, String> fields = new EnumMap<>(Field.class);
        Field last = null;
        boolean addressed = false;
        int next = marked ? begin : from;
        for (int at = begin; at < Math.min(begin + LINES_MAX, lines.size()); at++) {
            String line = unquoted(lines.get(at));
            Matcher labelled = LABELLED.matcher(line);
            Field field = labelled.matches() ? Field.of(labelled.group(1).toLowerCase(Locale.ROOT)) : null;
            boolean more = last == Field.RECEIVERS && line.contains("@");
            if (field == null && !more) {
                break;
            }
            if (field != null) {
                String value = labelled.group(2);
                fields.putIfAbsent(field, value.substring(0, Math.min(value.length(), FIELD_MAX)));
                last = field;
            }
            addressed |= line.contains("@");
            next = at + 1;
        }
        boolean whole = fields.size() >= FIELDS_MIN
                && fields.containsKey(Field.FROM)
                && (fields.containsKey(Field.DATE) || fields.containsKey(Field.SUBJECT));
        return marked || (whole && (expected || addressed))
                ? new MailHeader(from, next, fields.get(Field.FROM), fields.get(Field.DATE), fields.get(Field.SUBJECT))
                : null;
    }
}
