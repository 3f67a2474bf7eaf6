package io.broadsheet.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One received mail, as its reader sees it.
 *
 * @param to the bare address
 * @param html the HTML part; empty when there is none
 * @param text the text part; empty when there is none
 * @param source all bytes, read as UTF-8
 * @param sent the Date header as written
 * @param unsubscribe the List-Unsubscribe header; empty when there is none
 * @param oneClick the List-Unsubscribe-Post header; empty when there is none
 */
record Mail(
        String to,
        String subject,
        String html,
        String text,
        String source,
        String sent,
        String messageId,
        String unsubscribe,
        String oneClick) {

    static Mail of(Message message) {
        try {
            MimeMessage mime = (MimeMessage) message;
            ByteArrayOutputStream source = new ByteArrayOutputStream();
            mime.writeTo(source);
            return new Mail(
                    Mailboxes.recipient(mime),
                    mime.getSubject() == null ? "" : mime.getSubject(),
                    part(mime, "text/html"),
                    part(mime, "text/plain"),
                    source.toString(StandardCharsets.UTF_8),
                    header(mime, "Date"),
                    header(mime, "Message-ID"),
                    header(mime, "List-Unsubscribe"),
                    header(mime, "List-Unsubscribe-Post"));
        } catch (IOException | MessagingException e) {
            throw Mailboxes.unreadable(e);
        }
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        @Nullable String value = message.getHeader(name, ", ");
        return value == null ? "" : value.replaceAll("\\s+", " ");
    }

    /** The first part of this type, at whatever depth. */
    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String found = part(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    /** Whether a headline is in its text part, however its lines are broken. */
    boolean tells(String headline) {
        return text.replaceAll("\\s+", " ").contains(headline);
    }
}
