package io.broadsheet.edition;

import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.OutgoingMessage;
import java.util.List;

/**
 * A mail's texts for one recipient, before encoding.
 *
 * @param subject one line without controls
 * @param html the HTML part
 * @param text the plain text part, lines ended by LF
 */
public record RenderedMail(String subject, String html, String text) {
    /** The message with these texts. */
    public OutgoingMessage message(Letter letter) {
        return letter.write(
                subject, EncodedBody.of(Holed.whole(text), Holed.whole(html)).fill(List.of(), List.of()));
    }
}
