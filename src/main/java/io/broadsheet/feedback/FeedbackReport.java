package io.broadsheet.feedback;

import io.broadsheet.feedback.Reading.What;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.Fields;
import io.broadsheet.mail.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A complaint in the Abuse Reporting Format (RFC 5965). Most providers hide the reader's address: the token of the returned mail tells who it is. */
final class FeedbackReport {
    private FeedbackReport() {}

    static Reading read(Part whole, Part report) {
        Fields said = Fields.at(report.text(), 0);
        List<String> places = new ArrayList<>(said.all("original-mail-from"));
        places.addAll(said.all("original-envelope-id"));
        String address = said.first("original-rcpt-to")
                .or(() -> said.first("removal-recipient"))
                .map(text -> text.replaceAll("^<|>$", "").strip())
                .filter(text -> text.contains("@"))
                .map(Safe::text)
                .orElse(null);
        String messageId = ReadMail.messageId(ReadMail.returned(whole)
                .flatMap(fields -> fields.first("message-id"))
                .orElse(null));
        String type = said.first("feedback-type").orElse("").strip().toLowerCase(Locale.ROOT);
        What what = switch (type) {
            case "abuse", "fraud", "virus", "other", "complaint" -> What.COMPLAINT;
            case "opt-out", "opt-out-list" -> What.UNSUBSCRIBE;
            // The reader took a mail out of the spam folder; or a report on authentication (RFC 6591), which is about
            // no reader.
            case "not-spam", "auth-failure" -> What.ANSWER;
            default -> What.UNPARSED;
        };
        if (what == What.ANSWER) {
            return Reading.of(What.ANSWER, type);
        }
        String note = Optional.of(what)
                .filter(one -> one == What.UNPARSED)
                .map(one -> "a feedback report of a type that is not known: " + type)
                .orElse(type);
        return Reading.of(what, address, null, Safe.text(note), places, messageId);
    }
}
