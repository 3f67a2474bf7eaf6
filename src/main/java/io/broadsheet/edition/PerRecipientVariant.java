package io.broadsheet.edition;

import io.broadsheet.mail.Letter;
import io.broadsheet.mail.OutgoingMessage;

/** Rendered and encoded for each. */
record PerRecipientVariant(DigestSource source) implements RenderedVariant {
    @Override
    public RenderedMail forReader(Personal personal) {
        return source.render(personal);
    }

    @Override
    public OutgoingMessage message(Letter letter, Personal personal) {
        return forReader(personal).message(letter);
    }

    @Override
    public boolean perRecipient() {
        return true;
    }
}
