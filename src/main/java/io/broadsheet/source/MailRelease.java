package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import io.broadsheet.mail.Fields;
import io.broadsheet.mail.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail (RFC 5322, RFC 2045) as a release: its subject is the headline, its sender's name the byline, its HTML or else its plain text the story.
 * Addresses of its sender and its receivers go nowhere, attachments are not looked into. No mail makes it fail: what can't be read is noted. Safe for
 * several threads.
 */
final class MailRelease {
    private static final Pattern NAME = Pattern.compile("(?i).*\\.eml");
    private static final String UTF_8_TEXT = "text/plain; charset=utf-8";

    /** A release is a few kilobytes. */
    private static final int TEXT_BYTES_MAX = 2 * 1024 * 1024;

    /** What stands before a subject when a mail is passed on or answered, in English, German, French, Spanish, Portuguese, Dutch and the Nordic languages. */
    private static final Pattern PASSED_ON =
            Pattern.compile("(?i)^(?:(?:fwd?|wg|tr|rv|rm|vs|vb|vl|enc|doorst|re|aw|sv)\\s*:\\s*)+");

    private static final Pattern ADDRESS = Pattern.compile("<?[^\\s<>]*@[^\\s<>]*>?");
    private static final Pattern COMMENT = Pattern.compile("\\(([^()]*)\\)");
    private static final int ID_MAX = 250;

    private final TextReleaseParser texts = new TextReleaseParser();
    private final Sanitizer sanitizer = new Sanitizer();

    /** Whether it is called a mail; a text may begin with the words of a header too. */
    static boolean is(Raw raw) {
        String type = raw.contentType() == null ? "" : raw.contentType().toLowerCase(Locale.ROOT);
        return NAME.matcher(raw.where()).matches() || type.startsWith("message/rfc822");
    }

    Inspected parse(Raw raw) {
        Notes notes = new Notes();
        Part whole = Part.of(raw.bytes());
        String why = noRelease(whole);
        Entry entry = why == null ? entry(letter(whole), raw, notes) : null;
        if (why != null) {
            notes.add(why);
        } else if (entry == null) {
            notes.add("the mail holds no text that can be read, and was passed over");
        }
        return new Inspected(
                "document",
                entry == null || entry.title().isEmpty() ? null : entry.title(),
                null,
                null,
                entry == null ? List.of() : List.of(entry),
                notes.sentences());
    }

    /** Why a mail is none, in the reader's words; null for one that may be. */
    private static @Nullable String noRelease(Part whole) {
        Fields fields = whole.fields();
        if (!fields.has("from") && !fields.has("subject") && !fields.has("date")) {
            return "is no mail: it begins with no From, Subject or Date; save the mail with its header";
        }
        boolean answer = fields.first("auto-submitted")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("auto-replied");
        if (answer || whole.type().equals("multipart/report")) {
            return "is an automatic answer or a report on a delivery, and was passed over";
        }
        return switch (whole.type()) {
            case "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime" ->
                "is encrypted and can't be read; save it decrypted";
            default -> null;
        };
    }

    /** The mail itself, or the one within it when it says nothing of its own: passed on as an attachment. */
    private static Part letter(Part whole) {
        Part letter = whole;
        while (text(letter, "text/html") == null && text(letter, "text/plain") == null) {
            Part outer = letter;
            Optional<Part> inner = outer.all().stream()
                    .filter(part -> part != outer && part.type().equals("message/rfc822"))
                    .flatMap(part -> part.parts().stream())
                    .findFirst();
            if (inner.isEmpty()) {
                return whole;
            }
            letter = inner.get();
        }
        return letter;
    }

    /** The first part of this type that is shown, within the mail itself; null where there is none with anything in it. */
    private static @Nullable Part text(Part part, String type) {
        if (part.type().equals("message/rfc822") || isAttached(part)) {
            return null;
        }
        if (part.type().equals(type) && !part.body().isBlank()) {
            return part;
        }
        return part.parts().stream()
                .map(inner -> text(inner, type))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean isAttached(Part part) {
        String disposition =
                part.fields().first("content-disposition").orElse("").toLowerCase(Locale.ROOT);
        return disposition.startsWith("attachment") || disposition.contains("filename");
    }

    private @Nullable Entry entry(Part letter, Raw raw, Notes notes) {
        // The mail itself may be what is attached.
        long attached = letter.all().stream()
                .filter(part -> part != letter && isAttached(part))
                .count();
        if (attached > 0) {
            notes.add(attached + (attached == 1 ? " attachment was" : " attachments were") + " left out");
        }
        String subject = PlainText.title(FeedTree.escaped(letter.words("subject")));
        Part plain = text(letter, "text/plain");
        Part html = text(letter, "text/html");
        boolean forwarded = MailText.FORWARDED.matcher(subject).matches();
        MailPage page = html == null ? null : new MailPage(decoded(html, notes), forwarded, sanitizer, notes);
        MailText words =
                MailText.of((plain == null ? "" : decoded(plain, notes)).lines().toList(), forwarded, notes);
        // Where only the plain text shows which mail is within, the other one mixes both.
        boolean isPage = page != null && (page.text().isWithin() || !words.isWithin());
        MailText text = page != null && isPage ? page.text() : words;
        String title = headline(text.subject() == null ? subject : PlainText.title(FeedTree.escaped(text.subject())));
        String from = text.from() == null ? letter.fields().first("from").orElse("") : text.from();
        String date = text.date() == null ? letter.fields().first("date").orElse("") : text.date();
        ReleaseLines told = new ReleaseLines(raw.zone(), notes);
        if (!date.isBlank()) {
            told.dated(COMMENT.matcher(date).replaceAll(" ").strip(), "Date of the mail");
        }
        String shown = page != null && isPage ? page.story(title, raw.baseUrl()) : "";
        Entry read = shown.isEmpty() ? plain(title, words.body(), raw, notes) : null;
        String content = read == null ? shown : read.content();
        if (content == null || content.isEmpty()) {
            return null;
        }
        String by = name(from);
        return new Entry(
                id(letter),
                null,
                title.isEmpty() && read != null ? read.title() : title,
                by == null && read != null ? read.author() : by,
                read == null ? null : read.unit(),
                read == null ? null : read.dateline(),
                told.published() == null && read != null ? read.published() : told.published(),
                told.dateFrom() == null && read != null ? read.dateFrom() : told.dateFrom(),
                null,
                null,
                content,
                null,
                List.of(),
                List.of());
    }

    private static String decoded(Part part, Notes notes) {
        return FeedText.of(
                part.octets(TEXT_BYTES_MAX), part.fields().first("content-type").orElse(null), notes);
    }

    private static String headline(String subject) {
        return PASSED_ON.matcher(subject).replaceFirst("").strip();
    }

    private @Nullable Entry plain(String title, String body, Raw raw, Notes notes) {
        String text = title + "\n\n" + (title.isEmpty() ? body : withoutTitle(body, title));
        Inspected read = texts.parse(
                new Raw(raw.where(), text.getBytes(StandardCharsets.UTF_8), UTF_8_TEXT, null, false, raw.zone()));
        read.notes().forEach(notes::add);
        return read.entries().isEmpty() ? null : read.entries().get(0);
    }

    /** Many releases repeat their subject as the first line. */
    private static String withoutTitle(String body, String title) {
        String text = body.stripLeading();
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return PlainText.title(FeedTree.escaped(first)).equalsIgnoreCase(title) ? text.substring(first.length()) : body;
    }

    /** The sender's name (RFC 5322 §3.4, or a comment as was usual before); absent where there is only an address, which is nobody's business. */
    private static @Nullable String name(String from) {
        int address = from.indexOf('<');
        String phrase = address < 0 ? "" : from.substring(0, address).strip();
        if (address < 0) {
            var comment = COMMENT.matcher(from);
            phrase = comment.find() ? comment.group(1) : "";
        }
        String unquoted = phrase.replaceAll("^[\"']+|[\"']+$", "").replace("\\\"", "\"");
        String words = PlainText.title(FeedTree.escaped(Part.words(Optional.of(unquoted))));
        // Some programs write the address into the name, or "'name' via list@host".
        String name = ADDRESS.matcher(words)
                .replaceAll("")
                .replaceAll("(?i)\\s+(?:via|<)?\\s*$", "")
                .strip();
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String id(Part letter) {
        String id = letter.fields().first("message-id").orElse("").replaceAll("[<>\\s]", "");
        return id.isEmpty() || id.length() > ID_MAX ? null : id;
    }
}
