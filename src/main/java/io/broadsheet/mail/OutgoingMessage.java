package io.broadsheet.mail;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The exact bytes of one message to one recipient, with its envelope. Lines end with CRLF; a leading dot isn't stuffed (RFC 5321 §4.5.2 is the
 * transport's business), and no line of ours begins with one.
 *
 * @param envelopeFrom MAIL FROM, without angle brackets
 * @param envelopeTo RCPT TO, without angle brackets
 * @param messageId with its angle brackets
 * @param segments the message in pieces, some shared between messages: never to be changed
 * @param size octets of all pieces together
 */
public record OutgoingMessage(
        String envelopeFrom, String envelopeTo, String messageId, List<byte[]> segments, long size) {
    public OutgoingMessage {
        segments = List.copyOf(segments);
    }

    OutgoingMessage(String envelopeFrom, String envelopeTo, String messageId, List<byte[]> segments) {
        this(
                envelopeFrom,
                envelopeTo,
                messageId,
                segments,
                segments.stream().mapToLong(segment -> segment.length).sum());
    }

    /** All in one, as an {@code .eml} file holds it. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.toIntExact(size));
        segments.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
