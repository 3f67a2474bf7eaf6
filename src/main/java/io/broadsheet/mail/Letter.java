package io.broadsheet.mail;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All of one message but its text: who writes to whom, when, and the fields around it.
 *
 * @param envelopeFrom where bounces go (RFC 5321 MAIL FROM)
 * @param replyTo where answers go; absent: to {@code from}
 * @param messageId with its angle brackets; the same on every try of one delivery
 * @param date when it is sent; written with its numeric zone
 * @param more further fields, such as {@link MailingList#headers}
 */
public record Letter(
        String envelopeFrom,
        Mailbox from,
        Mailbox to,
        @Nullable Mailbox replyTo,
        String messageId,
        ZonedDateTime date,
        List<Header> more) {
    /** RFC 5322 §3.3, in English whatever the machine's language. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    private static final Pattern MESSAGE_ID = Pattern.compile("<[A-Za-z0-9._+=-]{1,120}@[A-Za-z0-9.-]{1,120}>");

    /** What says to machines that a machine wrote this (RFC 3834 §5; the second is Exchange's), so that none answers it. */
    public static final List<Header> AUTOMATIC =
            List.of(Header.of("Auto-Submitted", "auto-generated"), Header.of("X-Auto-Response-Suppress", "All"));

    public Letter {
        more = List.copyOf(more);
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException("not a message id");
        }
    }

    /**
     * The whole message.
     *
     * @param subject human text; line breaks and controls are taken out
     * @param body from {@link EncodedBody#fill}
     */
    public OutgoingMessage write(String subject, List<byte[]> body) {
        List<Header> headers = new ArrayList<>();
        headers.add(Header.mailbox("From", from));
        headers.add(Header.mailbox("To", to));
        if (replyTo != null) {
            headers.add(Header.mailbox("Reply-To", replyTo));
        }
        headers.add(Header.text("Subject", subject));
        headers.add(Header.of("Date", DATE.format(date)));
        headers.add(Header.of("Message-ID", messageId));
        headers.addAll(more);
        StringBuilder head = new StringBuilder();
        headers.forEach(header -> head.append(header.field()));
        List<byte[]> segments = new ArrayList<>();
        segments.add(head.toString().getBytes(StandardCharsets.US_ASCII));
        segments.addAll(body);
        return new OutgoingMessage(envelopeFrom, to.address(), messageId, segments);
    }
}
