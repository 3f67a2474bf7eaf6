package io.broadsheet.feedback;

import io.broadsheet.mail.Fields;
import io.broadsheet.mail.Part;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells what machines answer of themselves (RFC 3834): out of office, "we have your mail", "prove that you are a person". It says nothing of an address. */
final class AutomaticAnswer {
    private static final Pattern SUBJECT = Pattern.compile(
            "^(?:re:\\s*|aw:\\s*)*(?:auto(?:matic|mated|matische|matisk)?[ -]?(?:reply|response|responder|antwort|svar)|autoreply|autoresponse"
                    + "|out of (?:the )?office|ooo:|away from (?:my )?(?:mail|office|desk)|on vacation|vacation|on holiday|abwesen|abwesenheits"
                    + "|r[ée]ponse automatique|absence du bureau|respuesta autom[aá]tica|fuera de la oficina|risposta automatica|resposta autom[aá]tica"
                    + "|automatisch antwoord|afwezig)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern CHALLENGE = Pattern.compile(
            "(?:verify|confirm|validate) (?:your|that you|you are)[^\\n]{0,40}(?:e-?mail|message|address|sender|human|person)|sender verification"
                    + "|your message (?:is|was) (?:awaiting|held for) (?:confirmation|verification|approval)|challenge.response|boxtrapper|spam ?arrest",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MACHINE = Pattern.compile(
            "mailer-?daemon|mail delivery (?:sub)?system|postmaster|mdaemon|mail-?daemon", Pattern.CASE_INSENSITIVE);

    private AutomaticAnswer() {}

    /** Whether a mail that is no standard report is such an answer. */
    static boolean is(Part mail) {
        Fields fields = mail.fields();
        if (fields.has("x-failed-recipients")) {
            return false;
        }
        String subject = mail.words("subject");
        if (SUBJECT.matcher(subject).find() || CHALLENGE.matcher(subject).find()) {
            return true;
        }
        if (isFromMachine(mail)) {
            return false;
        }
        String submitted = fields.first("auto-submitted").orElse("no").strip().toLowerCase(Locale.ROOT);
        String precedence = fields.first("precedence").orElse("").strip().toLowerCase(Locale.ROOT);
        return submitted.startsWith("auto-")
                || precedence.equals("auto_reply")
                || precedence.equals("auto-reply")
                || fields.has("x-autoreply")
                || fields.has("x-autorespond")
                || fields.has("x-autoresponder")
                || fields.has("x-auto-reply-from")
                || fields.has("x-ms-exchange-inbox-rules-loop")
                || fields.has("x-boxtrapper-queue");
    }

    /** Whether a mail server wrote it, by who it is from or by an empty return path. */
    static boolean isFromMachine(Part mail) {
        return MACHINE.matcher(mail.fields().first("from").orElse("")).find()
                || mail.fields().first("return-path").orElse("").strip().equals("<>");
    }
}
