package io.broadsheet.feedback;

import io.broadsheet.feedback.Reading.What;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.Fields;
import io.broadsheet.mail.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A delivery status notification (RFC 3464), also of international mail (RFC 6533). */
final class DeliveryStatus {
    private static final int GROUPS_MAX = 20;
    /** {@code \x{E4}} of a utf-8-addr-xtext address (RFC 6533 §3). */
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

    private DeliveryStatus() {}

    static Reading read(Part whole, Part status) {
        List<Fields> groups = groups(status.text());
        List<String> places = new ArrayList<>();
        groups.forEach(group -> places.addAll(group.all("original-envelope-id")));
        @Nullable
        String messageId = ReadMail.returned(whole)
                .flatMap(fields -> fields.first("message-id"))
                .orElse(null);
        String id = ReadMail.messageId(messageId);
        // Of several recipients, the one that failed: each of our mails has but one, and a forwarder may have many.
        Optional<Fields> failed = with(groups, "failed");
        if (failed.isPresent()) {
            return one(What.BOUNCE, failed.get(), places, id);
        }
        Optional<Fields> delayed = with(groups, "delayed");
        if (delayed.isPresent()) {
            return one(What.DELAY, delayed.get(), places, id);
        }
        boolean arrived = Optional.empty()
                .or(() -> with(groups, "delivered"))
                .or(() -> with(groups, "relayed"))
                .or(() -> with(groups, "expanded"))
                .isPresent();
        if (arrived) {
            return Reading.of(What.ANSWER, "");
        }
        // No action: a status that says for good is a bounce all the same.
        return groups.stream()
                .filter(group -> group.first("status").orElse("").startsWith("5"))
                .findFirst()
                .map(group -> one(What.BOUNCE, group, places, id))
                .or(() -> PlainBounce.read(whole))
                .orElseGet(
                        () -> Reading.of(What.UNPARSED, null, null, "a delivery status without an action", places, id));
    }

    private static List<Fields> groups(String text) {
        List<Fields> groups = new ArrayList<>();
        int at = 0;
        while (at < text.length() && groups.size() < GROUPS_MAX) {
            Fields group = Fields.at(text, at);
            at += group.length();
            if (!group.fields().isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static Optional<Fields> with(List<Fields> groups, String action) {
        return groups.stream()
                .filter(group -> group.first("action")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith(action))
                .findFirst();
    }

    private static Reading one(What what, Fields group, List<String> places, @Nullable String messageId) {
        String said = untyped(group.first("diagnostic-code").orElse(""));
        String address = group.first("original-recipient")
                .or(() -> group.first("final-recipient"))
                .map(DeliveryStatus::address)
                .orElse(null);
        String status = Severity.status(group.first("status").orElse(null), said);
        return Reading.of(what, address, status, Safe.text(said), places, messageId);
    }

    /** What follows {@code rfc822;} or {@code smtp;}. */
    private static String untyped(String value) {
        int semicolon = value.indexOf(';');
        boolean typed = semicolon > 0 && value.substring(0, semicolon).matches("[A-Za-z0-9.\\- ]{1,20}");
        return (typed ? value.substring(semicolon + 1) : value).strip();
    }

    private static @Nullable String address(String value) {
        String bare = untyped(value).replaceAll("^<|>$", "");
        Matcher escaped = ESCAPED.matcher(bare);
        String whole = escaped.replaceAll(found -> {
            int character = Integer.parseInt(found.group(1), 16);
            return Character.isValidCodePoint(character)
                            && Character.getType(character) != Character.SURROGATE
                            && !Character.isISOControl(character)
                    ? Matcher.quoteReplacement(Character.toString(character))
                    : "";
        });
        return whole.contains("@") ? Safe.text(whole) : null;
    }
}
