package io.broadsheet.edition;

import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what is wrong with a newsletter's template and subject before any mail is made of them. */
public final class CheckTemplate {
    private static final Locality PLACE = new Locality(Locale.ENGLISH, ZoneOffset.UTC);
    private static final Instant WHEN = Instant.parse("2026-03-09T07:00:00Z");

    private static final RetractionView FULL_RETRACTION =
            new RetractionView("An older headline", WHEN, "The figures were wrong.", "en", "ltr");
    private static final RetractionView BARE_RETRACTION =
            new RetractionView("Another headline", WHEN, null, "en", "ltr");
    private static final List<DigestView> SAMPLES = List.of(sample(fullArticle()), sample(bareArticle()));

    private final Templates templates;

    public CheckTemplate(Templates templates) {
        this.templates = templates;
    }

    /** For reading newsletter definitions, which know no templates. */
    public TemplateSyntax syntax() {
        return new TemplateSyntax(this::template, this::subject);
    }

    /**
     * Reads and renders both parts with a full sample and with one that has as little as may be.
     *
     * @param name folder below {@code templates/mail}
     * @return one line each; empty when nothing is wrong
     */
    List<String> template(String name) {
        List<String> problems = new ArrayList<>();
        for (DigestView sample : SAMPLES) {
            add(problems, templates.check("mail/" + name + "/html", sample, PLACE));
            add(problems, templates.check("mail/" + name + "/text", sample, PLACE));
        }
        return problems;
    }

    /** The same for a subject's source. */
    List<String> subject(String source) {
        List<String> problems = new ArrayList<>();
        for (DigestView sample : SAMPLES) {
            add(problems, templates.checkLine("subject", source, sample, PLACE));
        }
        return problems;
    }

    private static void add(List<String> problems, List<String> more) {
        more.stream().filter(line -> !problems.contains(line)).forEach(problems::add);
    }

    private static DigestView sample(ArticleView article) {
        boolean full = article.author() != null;
        return new DigestView(
                new SiteView("Example Newsroom", "https://news.example.org", full ? "1 Example Street" : ""),
                new NewsletterView("Example News", "news", full ? "All news." : "", "en", "ltr"),
                new EditionView(
                        List.of(article, article),
                        full ? 3 : 0,
                        full ? "https://news.example.org/" : null,
                        full ? List.of(FULL_RETRACTION, BARE_RETRACTION) : List.of(),
                        WHEN,
                        full ? "https://news.example.org/e/1" : null),
                new ReaderView(full ? "Ada Example" : "", "ada@example.net", full ? "en" : ""),
                new LinksView("https://news.example.org/u/token"));
    }

    private static ArticleView fullArticle() {
        return new ArticleView(
                "A headline",
                "https://news.example.org/a/1",
                "Ada Example",
                "Public Affairs",
                WHEN,
                WHEN,
                "A summary.",
                "<p>A text.</p>",
                "en",
                "ltr");
    }

    private static ArticleView bareArticle() {
        return new ArticleView(
                "A headline", "https://news.example.org/a/2", null, null, null, WHEN, "", "", "en", "ltr");
    }
}
