package io.broadsheet.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.Problem;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsletterDefinitionsTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHomeWithATemplate() throws Exception {
        home = Home.at(folder).create();
        Path template = Files.createDirectories(home.templates().resolve("mail/bulletin"));
        Files.writeString(template.resolve("html.vm"), "");
        Files.writeString(template.resolve("text.vm"), "");
    }

    private Loaded<List<NewsletterDefinition>> read(TemplateSyntax syntax, String yaml) throws Exception {
        Files.writeString(home.config(Home.NEWSLETTERS), yaml);
        return NewsletterDefinitions.read(home, List.of("press"), syntax);
    }

    private List<String> problems(String yaml) throws Exception {
        return read(TemplateSyntax.UNCHECKED, yaml).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_newsletter_is_read_with_its_cadences() throws Exception {
        NewsletterDefinition newsletter =
                read(TemplateSyntax.UNCHECKED, """
                - name: news
                  title: Example News
                  select: { sources: [press] }
                  template: bulletin
                  subject: "$newsletter.title: $edition.articles.size() new"
                  unknown: hold
                  from: Example News <news@example.org>
                  give-up: 1h
                  cadences:
                    - { name: each }
                    - { name: daily, cron: "0 0 7 * * ?", time-zone: Europe/Berlin, missed: skip, minimum: 2 }
                    - { name: weekly, cron: "0 0 7 ? * MON", time-zone: reader }
                """).orThrow().get(0);

        assertThat(newsletter.subject()).isEqualTo("$newsletter.title: $edition.articles.size() new");
        assertThat(newsletter.unknown()).isEqualTo(NewsletterDefinition.Unknown.HOLD);
        assertThat(newsletter.from()).isEqualTo("Example News <news@example.org>");
        assertThat(newsletter.giveUp()).isEqualTo(Duration.ofHours(1));
        assertThat(newsletter.maximum()).isEqualTo(50);
        assertThat(newsletter.cadences())
                .containsExactly(
                        new CadenceDefinition("each", null, null, false, Missed.CATCH_UP, 1),
                        new CadenceDefinition(
                                "daily", "0 0 7 * * ?", ZoneId.of("Europe/Berlin"), false, Missed.SKIP, 2),
                        new CadenceDefinition("weekly", "0 0 7 ? * MON", null, true, Missed.CATCH_UP, 1));
    }

    @Test
    void a_newsletter_that_cannot_be_is_told_in_all_that_is_wrong() throws Exception {
        assertThat(problems("""
                - name: news
                  template: buletin
                  select: { sources: [pres] }
                  subject: "two\\nlines"
                  cadences:
                    - { name: daily, cron: "0 0 25 * * ?" }
                    - { name: daily }
                    - { name: by-hand, cron: "0 0 7 * * ?" }
                    - { name: each, cron: "0 0 7 * * ?" }
                    - { name: local, cron: "0 0 7 * * ?", time-zone: Europe/Berln }
                - name: news
                  template: ../secret
                """))
                .containsExactly(
                        "config/newsletters.yml:2: templates/mail/buletin/html.vm is not there; did you mean 'bulletin'?",
                        "config/newsletters.yml:2: templates/mail/buletin/text.vm is not there; did you mean 'bulletin'?",
                        "config/newsletters.yml:3: 'sources': unknown source 'pres'; did you mean 'press'?",
                        "config/newsletters.yml:4: 'subject': must be one line; remove the line breaks and control characters",
                        "config/newsletters.yml:6: cron '0 0 25 * * ?': hour must be 0 to 23",
                        "config/newsletters.yml:7: the cadence 'daily' is defined twice; rename one",
                        "config/newsletters.yml:7: key 'cron' is missing",
                        "config/newsletters.yml:8: the cadence name 'by-hand' is taken by editions sent by hand; use another",
                        "config/newsletters.yml:9: 'cron' does not belong to the cadence 'each', which sends articles as they come",
                        "config/newsletters.yml:10: 'time-zone': unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
                        "config/newsletters.yml:11: the newsletter 'news' is defined twice; rename one",
                        "config/newsletters.yml:11: a newsletter has at least one cadence, such as cadences: [{ name: each }]",
                        "config/newsletters.yml:12: 'template': '../secret' is not the name of a folder in templates/mail; use letters, digits, '-' and '_'");
    }

    @Test
    void what_is_wrong_in_a_template_or_subject_is_told_at_its_key() throws Exception {
        TemplateSyntax syntax = new TemplateSyntax(
                name -> List.of(name + " is unfinished"), text -> List.of("'" + text + "' is unfinished"));

        assertThat(read(syntax, """
                - name: news
                  template: bulletin
                  subject: "#if"
                  cadences: [{ name: each }]
                """).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/newsletters.yml:2: bulletin is unfinished",
                        "config/newsletters.yml:3: '#if' is unfinished");
    }
}
