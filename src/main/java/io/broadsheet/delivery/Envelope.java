package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One message's envelope, in the words that one server takes.
 *
 * @param mail the MAIL command, without its line end; may hold UTF-8
 * @param rcpt the RCPT command
 * @param refusal set when the server can't take this message at all, by what it offers: then nothing is sent
 */
record Envelope(String mail, String rcpt, @Nullable Reply refusal) {
    /** No space, bracket or line break: what would end the path and begin something else. */
    private static final Pattern PATH = Pattern.compile("[^\\s<>\\p{Cntrl}]{1,254}");
    /** RFC 3461 §4.4. */
    private static final int ENVID_MAX = 100;

    static final String DATA = "DATA";

    /** @throws IllegalArgumentException when an address can't stand in an envelope at all */
    static Envelope of(OutgoingMessage message, Offers offers) {
        String from = path(message.envelopeFrom());
        String to = path(message.envelopeTo());
        boolean foreign = !isAscii(from) || !isAscii(to);
        if (foreign && !offers.utf8()) {
            return refused(
                    553,
                    "5.6.7 the mail server takes no address in this script (it offers no SMTPUTF8)",
                    Reply.Phase.RCPT);
        }
        if (offers.sizeMax() > 0 && message.size() > offers.sizeMax()) {
            // Of the phase in which a server would have said so for this message alone.
            return refused(
                    552,
                    "5.3.4 a message of " + message.size() + " octets is over the mail server's limit of "
                            + offers.sizeMax(),
                    Reply.Phase.DATA);
        }
        StringBuilder mail = new StringBuilder("MAIL FROM:<").append(from).append('>');
        StringBuilder rcpt = new StringBuilder("RCPT TO:<").append(to).append('>');
        if (offers.size()) {
            mail.append(" SIZE=").append(message.size());
        }
        if (foreign) {
            mail.append(" BODY=8BITMIME SMTPUTF8");
        }
        if (offers.dsn()) {
            report(message, to, mail, rcpt);
        }
        return new Envelope(mail.toString(), rcpt.toString(), null);
    }

    private static Envelope refused(int code, String text, Reply.Phase phase) {
        return new Envelope("", "", Reply.of(code, text, phase));
    }

    /** Of failure and delay, with the head alone, and with what lets us find the delivery again (RFC 3461 §4). */
    private static void report(OutgoingMessage message, String to, StringBuilder mail, StringBuilder rcpt) {
        mail.append(" RET=HDRS");
        String id = xtext(message.messageId().replaceAll("[<>]", ""));
        if (!id.isEmpty() && id.length() <= ENVID_MAX) {
            mail.append(" ENVID=").append(id);
        }
        rcpt.append(" NOTIFY=FAILURE,DELAY ORCPT=");
        // RFC 6533 §3: with SMTPUTF8 the address may stand as it is, but for what xtext escapes.
        rcpt.append(isAscii(to) ? "rfc822;" : "utf-8;").append(xtext(to));
    }

    /** RFC 3461 §4; what is no ASCII stays as it is. */
    private static String xtext(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '+' || c == '=' || c <= ' ' || c == 0x7f) {
                escaped.append(String.format("+%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String path(String address) {
        int at = address.lastIndexOf('@');
        String domain = address.substring(at + 1);
        String ascii = isAscii(domain) ? address : address.substring(0, at + 1) + IDN.toASCII(domain);
        if (!PATH.matcher(ascii).matches()) {
            throw new IllegalArgumentException("an envelope address with a space, bracket or control character");
        }
        return ascii;
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** All three commands, to be sent in one go. */
    byte[] together() {
        return (mail + "\r\n" + rcpt + "\r\n" + DATA + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
