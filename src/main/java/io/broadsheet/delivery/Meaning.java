package io.broadsheet.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mail server's reply means, in words: by its enhanced code (RFC 3463 and the registry that RFC 5248 made), else by its three digits. */
final class Meaning {
    private static final Pattern REPLY =
            Pattern.compile("(?:.*?\\b)?([245])\\d\\d(?: ([245])\\.(\\d{1,3})\\.(\\d{1,3}))?\\b.*", Pattern.DOTALL);

    private static final Map<String, String> DETAILS = Map.ofEntries(
            Map.entry("1.1", "there is no such mailbox"),
            Map.entry("1.2", "there is no such domain"),
            Map.entry("1.3", "the address is malformed"),
            Map.entry("1.6", "the mailbox has moved"),
            Map.entry("1.10", "the domain takes no mail"),
            Map.entry("2.0", "something is wrong with the mailbox"),
            Map.entry("2.1", "the mailbox is disabled"),
            Map.entry("2.2", "the mailbox is full"),
            Map.entry("2.3", "the message is too long for the mailbox"),
            Map.entry("3.1", "the receiving system is full"),
            Map.entry("3.2", "the receiving system takes no mail just now"),
            Map.entry("3.4", "the message is too big for the receiving system"),
            Map.entry("4.1", "the receiving system did not answer"),
            Map.entry("4.2", "the connection was bad"),
            Map.entry("4.3", "the domain name system did not answer"),
            Map.entry("4.4", "there is no route to the receiving system"),
            Map.entry("4.7", "it was tried for too long"),
            Map.entry("7.0", "the receiving system does not want it, by its policy"),
            Map.entry("7.1", "the receiving system does not want it, by its policy"),
            Map.entry("7.8", "our user name or password was not taken"),
            Map.entry("7.9", "our way of authenticating is too weak"),
            Map.entry("7.20", "no DKIM signature passed"),
            Map.entry("7.23", "SPF did not pass"),
            Map.entry("7.25", "our address has no reverse DNS"),
            Map.entry("7.26", "authentication (SPF, DKIM or DMARC) did not pass"),
            Map.entry("7.28", "we send too fast for the receiving system"));

    /** By the subject of the enhanced code. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "1", "something is wrong with the address",
            "2", "something is wrong with the mailbox",
            "3", "something is wrong with the receiving system",
            "4", "something is wrong with the network or the routing",
            "5", "the servers did not understand one another",
            "6", "the receiving system can't take the message's content",
            "7", "the receiving system does not want it, by its policy");

    private Meaning() {}

    /** A clause without a full stop, such as {@code there is no such mailbox}; empty when the line is no server's reply. */
    static Optional<String> of(@Nullable String line) {
        if (line == null) {
            return Optional.empty();
        }
        Matcher reply = REPLY.matcher(line);
        if (!reply.matches()) {
            return Optional.empty();
        }
        if (reply.group(3) != null) {
            @Nullable String detail = DETAILS.get(reply.group(3) + "." + reply.group(4));
            @Nullable String subject = SUBJECTS.get(reply.group(3));
            if (detail != null || subject != null) {
                return Optional.of(detail != null ? detail : String.valueOf(subject));
            }
        }
        return Optional.of(
                switch (reply.group(1)) {
                    case "2" -> "the receiving system took it";
                    case "4" -> "the receiving system asks us to come again later";
                    default -> "the receiving system refused it for good";
                });
    }
}
