package io.broadsheet.edition;

import io.broadsheet.mail.OneLine;
import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;

/** Writes the mail that asks a new subscriber to confirm, from {@code templates/mail/confirm/{subject,html,text}.vm}. */
public final class RenderConfirmation {
    private static final String TEMPLATE = "mail/confirm/";

    private final Templates templates;

    public RenderConfirmation(Templates templates) {
        this.templates = templates;
    }

    /** @throws io.broadsheet.error.UserError when a template fails; says file and line */
    public RenderedMail render(ConfirmView view, Locality locality) {
        return new RenderedMail(
                OneLine.of(templates.render(TEMPLATE + "subject", view, locality)),
                templates.render(TEMPLATE + "html", view, locality),
                templates.render(TEMPLATE + "text", view, locality));
    }
}
