package io.broadsheet.edition;

import io.broadsheet.mail.Holed;
import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Turns one variant into mail. A template that only writes personal values out is rendered once, with marks in their places; one that asks or
 * computes with them is rendered for each recipient. What a recipient gets is the same either way. Safe for several threads.
 */
public final class RenderDigest {
    private static final Set<String> PERSONAL = Set.of("reader", "links");
    private static final int MARK_BYTES = 16;

    private final Templates templates;
    private final SecureRandom random = new SecureRandom();

    public RenderDigest(Templates templates) {
        this.templates = templates;
    }

    /**
     * @param template folder below {@code templates/mail}, such as {@code digest}
     * @param subject template of one line
     * @throws io.broadsheet.error.UserError when a template is missing or fails; says file and line
     */
    public RenderedVariant render(DigestContent content, String template, String subject, Locality locality) {
        DigestSource source = new DigestSource(templates, content, template, subject, locality);
        if (!source.onlyPrints(PERSONAL)) {
            return new PerRecipientVariant(source);
        }
        List<String> marks = marks();
        RenderedMail marked = source.render(
                new Personal(new ReaderView(marks.get(0), marks.get(1), marks.get(2)), new LinksView(marks.get(3))));
        return new SharedVariant(
                Holed.cut(marked.subject(), marks), Holed.cut(marked.text(), marks), Holed.cut(marked.html(), marks));
    }

    /** One for each of {@link RenderedVariant#values}: letters and digits, so that nothing escapes them, and too long to guess, so that no article has one. */
    private List<String> marks() {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < RenderedVariant.VALUES; i++) {
            byte[] bytes = new byte[MARK_BYTES];
            random.nextBytes(bytes);
            marks.add("x" + HexFormat.of().formatHex(bytes) + "x" + i + "x");
        }
        return marks;
    }
}
