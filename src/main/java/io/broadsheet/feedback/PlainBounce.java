package io.broadsheet.feedback;

import io.broadsheet.feedback.Reading.What;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.Part;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bounces in no standard form, as qmail, Exim, older Exchange and many gateways write them: a mail of a mail server's, with a reason in words. */
final class PlainBounce {
    /** So much of the text is about the failure; what comes after is the returned mail. */
    private static final int LOOKED_AT = 16 * 1024;

    private static final Pattern SUBJECT = Pattern.compile(
            "undeliver|delivery (?:status )?(?:notification|report)?[^\\n]{0,12}(?:fail|problem|error)|delivery (?:has )?failed|failure notice|returned mail|mail delivery"
                    + "|non.?deliver|could ?n.t be delivered|not delivered|delivery status notification|unzustellbar|nicht zustellbar|non remis|mail system error"
                    + "|message (?:could not be|not) delivered|returning message|rejected",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DELAYED = Pattern.compile(
            "(?:delayed|delay\\)|still (?:being )?(?:trying|retried|queued)|will (?:be retried|keep trying|continue to try|be re-?tried)|not (?:yet )?been delivered|temporar(?:y|ily) (?:failure|deferred)"
                    + "|warning: (?:message|could not send)|do not need to (?:resend|do anything))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GIVEN_UP = Pattern.compile(
            "giving up|gave up|permanent|fatal error|could not be delivered|not be delivered|undeliverable|failed permanently|i've given up|retry timeout exceeded",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILURE = Pattern.compile(
            "(?:^|[\\s>:])[45]\\d\\d[ -][^\\n]{3,}|[45]\\.\\d{1,3}\\.\\d{1,3}|user unknown|unknown user|no such user|mailbox (?:is )?full|quota|could ?n.t be delivered|couldn't be delivered"
                    + "|not be delivered|wasn't able to deliver|undeliverable|delivery[^\\n]{0,40}failed|unrouteable|does not exist|doesn't have an?|not found|no longer|giving up",
            Pattern.CASE_INSENSITIVE);
    /** A line that tells the reason best. */
    private static final List<Pattern> REASONS = List.of(
            Pattern.compile("(?m)^.*(?<![\\d.])[45]\\d\\d[ -]#?[45]\\.\\d{1,3}\\.\\d{1,3}.*$"),
            Pattern.compile("(?m)^.*#?(?<![\\d.])[45]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]).*$"),
            Pattern.compile("(?m)^.*(?<![\\d.:/-])[45]\\d\\d[ -][A-Za-z#<\"'].*$"),
            Pattern.compile(
                    "(?mi)^.*(?:unknown|no such|not exist|doesn't have|full|quota|not found|unrouteable|disabled|no longer|rejected|no mailbox).*$"));

    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s@]{1,64}@[A-Za-z0-9.-]{1,190})>");
    private static final Pattern BARE = Pattern.compile(
            "(?<![A-Za-z0-9._%+=-])([A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8})");

    private PlainBounce() {}

    /** Empty where the mail does not look like one. */
    static Optional<Reading> read(Part whole) {
        String text = ReadMail.firstText(whole);
        String told = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        String subject = whole.words("subject");
        boolean failed = whole.fields().has("x-failed-recipients");
        boolean written =
                AutomaticAnswer.isFromMachine(whole) || SUBJECT.matcher(subject).find();
        String about = beforeReturned(told);
        if (!failed && !(written && FAILURE.matcher(about).find())) {
            return Optional.empty();
        }
        boolean delayed = DELAYED.matcher(subject + "\n" + about).find()
                && !GIVEN_UP.matcher(about).find();
        String reason = reason(about);
        @Nullable String address = address(whole, about);
        @Nullable
        String messageId = ReadMail.returned(whole)
                .flatMap(fields -> fields.first("message-id"))
                .or(() -> lineOf(text, "Message-ID:"))
                .map(ReadMail::messageId)
                .orElse(null);
        return Optional.of(Reading.of(
                delayed ? What.DELAY : What.BOUNCE,
                address,
                Severity.status(null, reason),
                Safe.text(reason),
                List.of(),
                messageId));
    }

    /** What is said before a mail that is returned within the text. */
    private static String beforeReturned(String text) {
        Matcher returned = Pattern.compile(
                        "(?mi)^.{0,20}(?:below this line is a copy|(?:this is a )?copy of (?:the|your) (?:original )?message|original message (?:follows|headers?)|----- ?(?:original|the) message|included is a copy|returned message follows).*$")
                .matcher(text);
        return returned.find() && returned.start() > 0 ? text.substring(0, returned.start()) : text;
    }

    private static String reason(String text) {
        for (Pattern pattern : REASONS) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                return found.group().strip();
            }
        }
        return "";
    }

    private static @Nullable String address(Part whole, String text) {
        Optional<String> named = whole.fields()
                .first("x-failed-recipients")
                .map(value -> value.split(",", 2)[0].strip())
                .filter(value -> value.contains("@"));
        if (named.isPresent()) {
            return Safe.text(named.get());
        }
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.find()) {
            return bracketed.group(1);
        }
        Matcher bare = BARE.matcher(text);
        return bare.find() ? bare.group(1) : null;
    }

    private static Optional<String> lineOf(String text, String begin) {
        return text.lines()
                .filter(line -> line.regionMatches(true, 0, begin, 0, begin.length()))
                .findFirst();
    }
}
