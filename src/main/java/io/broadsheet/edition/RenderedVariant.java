package io.broadsheet.edition;

import io.broadsheet.mail.Letter;
import io.broadsheet.mail.OutgoingMessage;
import java.util.List;

/** One variant, ready for each of its recipients. Safe for several threads, because it is never changed. */
public sealed interface RenderedVariant permits SharedVariant, PerRecipientVariant {
    /** How many values are personal. */
    int VALUES = 4;

    /** The texts for one recipient, before encoding: for previews. */
    RenderedMail forReader(Personal personal);

    /** The message to one recipient. */
    OutgoingMessage message(Letter letter, Personal personal);

    /** Whether each recipient's mail is rendered anew, which takes a hundred times as long. */
    boolean perRecipient();

    /** The personal values, in the order of the marks. */
    static List<String> values(Personal personal) {
        ReaderView reader = personal.reader();
        return List.of(
                reader.name(),
                reader.email(),
                reader.language(),
                personal.links().unsubscribe());
    }
}
