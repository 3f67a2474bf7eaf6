package io.broadsheet.feedback;

import io.broadsheet.feedback.Reading.What;
import io.broadsheet.mail.Fields;
import io.broadsheet.mail.Part;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a mail that came back: standard reports first (RFC 3464, RFC 5965), then automatic answers, then what looks like a bounce, then wishes to leave. */
final class ReadMail {
    /** Where doors and mail servers note whom a mail was for, the surest first. */
    private static final List<String> RECIPIENTS =
            List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "to", "cc");
    /** What a returned mail says of itself that only we could have written. */
    private static final List<String> OURS = List.of("return-path", "x-original-from", "list-unsubscribe");

    private static final int PLACES_MAX = 40;
    private static final Pattern LEAVE = Pattern.compile(
            "(?i)^\\s*(?:re:\\s*|fwd?:\\s*)*(?:please\\s+)?(?:unsubscribe|remove(?: me)?|opt.?out|abmelden|abbestellen|d[eé]sabonner|stop)\\b");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s@]{1,200}@[^<>\\s@]{1,200}>");

    private ReadMail() {}

    /** Reads it. No mail makes this fail: what can't be understood is said to be so. */
    static Reading read(MailBack mail) {
        Part whole = Part.of(mail.message());
        Reading said = what(whole);
        return said.what() == What.ANSWER ? said : said.at(recipients(mail, whole), places(whole, said));
    }

    private static Reading what(Part whole) {
        Optional<Part> complaint = whole.find("message/feedback-report");
        if (complaint.isPresent()) {
            return FeedbackReport.read(whole, complaint.get());
        }
        Optional<Part> status = whole.find("message/delivery-status", "message/global-delivery-status");
        if (status.isPresent()) {
            return DeliveryStatus.read(whole, status.get());
        }
        if (AutomaticAnswer.is(whole)) {
            return Reading.of(What.ANSWER, "");
        }
        Optional<Reading> bounce = PlainBounce.read(whole);
        if (bounce.isPresent()) {
            return bounce.get();
        }
        if (LEAVE.matcher(whole.words("subject")).find()
                || LEAVE.matcher(firstText(whole)).find()) {
            return Reading.of(What.UNSUBSCRIBE, "");
        }
        return Reading.of(What.UNPARSED, "no report that is known");
    }

    /** The text for people. */
    static String firstText(Part whole) {
        return whole.all().stream()
                .filter(part -> part.type().equals("text/plain") || part.type().equals("text/html"))
                .findFirst()
                .map(Part::text)
                .orElse("");
    }

    /** Fields of the mail that was sent out and is returned whole or in part; empty where it isn't. */
    static Optional<Fields> returned(Part whole) {
        return whole.all().stream()
                .skip(1)
                .filter(part -> part.fields().has("message-id") || part.fields().has("list-unsubscribe"))
                .reduce((outer, inner) -> inner)
                .map(Part::fields);
    }

    static @Nullable String messageId(@Nullable String text) {
        Matcher found = MESSAGE_ID.matcher(text == null ? "" : text);
        return found.find() ? found.group() : null;
    }

    private static List<String> recipients(MailBack mail, Part whole) {
        Set<String> recipients = new LinkedHashSet<>();
        if (mail.recipient() != null) {
            recipients.add(mail.recipient());
        }
        RECIPIENTS.forEach(name -> recipients.addAll(whole.fields().all(name)));
        return bounded(recipients);
    }

    private static List<String> places(Part whole, Reading said) {
        Set<String> places = new LinkedHashSet<>(said.places());
        for (Part part : whole.all()) {
            if (part != whole) {
                OURS.forEach(name -> places.addAll(part.fields().all(name)));
            }
        }
        if (said.what() == What.UNSUBSCRIBE) {
            places.add(whole.words("subject"));
            firstText(whole).lines().limit(PLACES_MAX).forEach(places::add);
        }
        if (said.what() == What.BOUNCE || said.what() == What.UNPARSED) {
            // Many non-standard bounces return the mail within their text.
            firstText(whole)
                    .lines()
                    .filter(line -> line.contains("+") || line.contains("/u/"))
                    .limit(PLACES_MAX)
                    .forEach(places::add);
        }
        return bounded(places);
    }

    private static List<String> bounded(Set<String> texts) {
        return texts.stream().limit(2L * PLACES_MAX).toList();
    }
}
