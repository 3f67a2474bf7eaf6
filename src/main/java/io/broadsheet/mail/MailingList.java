package io.broadsheet.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that say which list a message comes from and how to leave it (RFC 2369, RFC 2919, RFC 8058).
 *
 * @param id {@code label.domain}, the same for the list's whole life (RFC 2919 §3)
 * @param title shown beside it
 * @param help a page or {@code mailto:} that explains the list; absent when there is none
 * @param archive a page of past editions; absent when there is none
 * @param feedbackId {@code a:b:c:sender}, by which mailbox providers group complaints; absent: no such field
 */
public record MailingList(
        String id,
        String title,
        @Nullable String help,
        @Nullable String archive,
        @Nullable String feedbackId) {
    /**
     * @param unsubscribe https URL with this recipient's token; a POST to it unsubscribes at once
     * @param unsubscribeMail address with this recipient's token, a mail to which unsubscribes; absent: there is none
     */
    public List<Header> headers(String unsubscribe, @Nullable String unsubscribeMail) {
        List<Header> headers = new ArrayList<>();
        headers.add(Header.phrase("List-Id", title, id));
        headers.add(
                unsubscribeMail == null
                        ? Header.of("List-Unsubscribe", "<" + unsubscribe + ">")
                        : new Header(
                                "List-Unsubscribe",
                                List.of(
                                        "<" + unsubscribe + ">,",
                                        "<mailto:" + unsubscribeMail + "?subject=unsubscribe>")));
        headers.add(Header.of("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        if (help != null) {
            headers.add(Header.of("List-Help", "<" + help + ">"));
        }
        if (archive != null) {
            headers.add(Header.of("List-Archive", "<" + archive + ">"));
        }
        headers.add(Header.of("List-Post", "NO"));
        if (feedbackId != null) {
            headers.add(Header.of("Feedback-ID", feedbackId));
        }
        headers.add(Header.of("Precedence", "bulk"));
        headers.addAll(Letter.AUTOMATIC);
        return headers;
    }
}
