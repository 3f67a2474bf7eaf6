package io.broadsheet.edition;

import io.broadsheet.mail.OneLine;
import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;
import java.util.Set;

/** All that one variant's mail is made from but its recipient. */
record DigestSource(Templates templates, DigestContent content, String template, String subject, Locality locality) {
    private static final String SUBJECT = "subject";

    boolean onlyPrints(Set<String> names) {
        return templates.lineOnlyPrints(names, where(), subject)
                && templates.onlyPrints(names, "mail/" + template + "/html")
                && templates.onlyPrints(names, "mail/" + template + "/text");
    }

    RenderedMail render(Personal personal) {
        DigestView view = content.forReader(personal);
        return new RenderedMail(
                OneLine.of(templates.renderLine(where(), subject, view, locality)),
                templates.render("mail/" + template + "/html", view, locality),
                templates.render("mail/" + template + "/text", view, locality));
    }

    private String where() {
        return "newsletter " + content.newsletter().name() + ": " + SUBJECT;
    }
}
