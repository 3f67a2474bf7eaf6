package io.broadsheet.edition;

import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.OneLine;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.template.HtmlEscape;
import java.util.List;

/** Rendered and encoded once; values are spliced in. */
record SharedVariant(Holed subject, Holed text, Holed html, EncodedBody body) implements RenderedVariant {
    SharedVariant(Holed subject, Holed text, Holed html) {
        this(subject, text, html, EncodedBody.of(text, html));
    }

    @Override
    public RenderedMail forReader(Personal personal) {
        List<String> values = RenderedVariant.values(personal);
        return new RenderedMail(OneLine.of(subject.fill(values)), html.fill(escaped(values)), text.fill(values));
    }

    @Override
    public OutgoingMessage message(Letter letter, Personal personal) {
        List<String> values = RenderedVariant.values(personal);
        return letter.write(OneLine.of(subject.fill(values)), body.fill(values, escaped(values)));
    }

    @Override
    public boolean perRecipient() {
        return false;
    }

    private static List<String> escaped(List<String> values) {
        return values.stream().map(HtmlEscape::of).toList();
    }
}
