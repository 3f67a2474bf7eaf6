package io.broadsheet.source;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a mail's text are its story: all of it; or, of one that was passed on within another's text, the lines of that one, and what its header
 * there says; or what stands above an older mail.
 *
 * @param lines of the whole text
 * @param begin of the story, from 0
 * @param end of the story, behind its last line
 * @param from as the header within the text has it; absent when there is none, as are the two behind it
 * @param isWithin whether another mail stands within the text, passed on or answered: then the lines beside the story are no part of it
 */
record MailText(
        List<String> lines,
        int begin,
        int end,
        @Nullable String from,
        @Nullable String date,
        @Nullable String subject,
        boolean isWithin) {
    static final Pattern FORWARDED = Pattern.compile("(?i)^(?:fwd?|wg|tr|rv|rm|doorst|vb|vl|enc)\\s*:.*");

    /** RFC 3676 §4.3; many an editor takes the blank off. */
    private static final Pattern SIGNATURE = Pattern.compile("^--\\s?$");

    /** What is passed on more often is not news. */
    private static final int WITHIN_MAX = 5;

    /** @param forwarded whether the subject says that the mail was passed on */
    static MailText of(List<String> lines, boolean forwarded, Notes notes) {
        int begin = 0;
        MailHeader last = null;
        boolean passedOn = forwarded;
        for (int depth = 0; depth < WITHIN_MAX; depth++) {
            MailHeader header = MailHeader.first(lines, begin, passedOn);
            if (header == null) {
                break;
            }
            boolean cover = lines.subList(begin, header.at()).stream().anyMatch(line -> !MailHeader.isEmpty(line));
            if (cover && !passedOn) {
                note("an older mail below the text was left out", notes);
                return new MailText(lines, begin, header.at(), from(last), date(last), subject(last), true);
            }
            if (cover) {
                note("what the one who passed the mail on wrote above it was left out", notes);
            }
            last = header;
            begin = header.next();
            passedOn = header.subject() != null
                    && FORWARDED.matcher(header.subject()).matches();
        }
        return new MailText(lines, begin, lines.size(), from(last), date(last), subject(last), last != null);
    }

    /** Once, though a mail says the same in HTML and in plain text. */
    private static void note(String what, Notes notes) {
        if (!notes.has(what)) {
            notes.add(what);
        }
    }

    private static @Nullable String from(@Nullable MailHeader header) {
        return header == null ? null : header.from();
    }

    private static @Nullable String date(@Nullable MailHeader header) {
        return header == null ? null : header.date();
    }

    private static @Nullable String subject(@Nullable MailHeader header) {
        return header == null ? null : header.subject();
    }

    /** The story's lines without the signature below them. */
    String body() {
        List<String> story = lines.subList(begin, end);
        boolean quoted =
                begin > 0 && story.stream().filter(line -> !line.isBlank()).allMatch(line -> line.startsWith(">"));
        List<String> left = quoted
                ? story.stream().map(line -> line.replaceFirst("^> ?", "")).toList()
                : story;
        for (int at = 1; at < left.size(); at++) {
            if (SIGNATURE.matcher(left.get(at)).matches()) {
                return String.join("\n", left.subList(0, at));
            }
        }
        return String.join("\n", left);
    }
}
