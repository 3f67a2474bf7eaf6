package io.broadsheet.newsletter;

import io.broadsheet.article.SelectionReader;
import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.Mailbox;
import io.broadsheet.config.Nearest;
import io.broadsheet.config.UniqueNames;
import io.broadsheet.config.YamlFile;
import io.broadsheet.config.YamlMap;
import io.broadsheet.error.UserError;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/newsletters.yml}. */
public final class NewsletterDefinitions {
    private static final int MAXIMUM = 50;
    private static final int MAXIMUM_MOST =
            500; // a mail over 100 KB is clipped by mailboxes; 500 headlines are far beyond
    private static final String READER = "reader";
    private static final String DIGEST = "digest";

    private final Home home;
    private final @Nullable Collection<String> sources;
    private final TemplateSyntax syntax;
    private final UniqueNames names = new UniqueNames("newsletter");

    private NewsletterDefinitions(Home home, @Nullable Collection<String> sources, TemplateSyntax syntax) {
        this.home = home;
        this.sources = sources;
        this.syntax = syntax;
    }

    /**
     * All newsletters of the file, in its order, and all that is wrong in it and in the templates it names.
     *
     * @param sources names that a selection may use; absent: not known, and any name passes
     */
    public static Loaded<List<NewsletterDefinition>> read(
            Home home, @Nullable Collection<String> sources, TemplateSyntax syntax) {
        NewsletterDefinitions definitions = new NewsletterDefinitions(home, sources, syntax);
        return YamlFile.list(home, Home.NEWSLETTERS, definitions::newsletter);
    }

    /** Every key that is read; the documentation is held to it. */
    public static Set<String> keys() {
        Home home = Home.at(Path.of("")); // nothing of it is read for the keys
        return YamlFile.keys(new NewsletterDefinitions(home, List.of(), TemplateSyntax.UNCHECKED)::newsletter);
    }

    private NewsletterDefinition newsletter(YamlMap map) {
        String name = names.read(map, "name");
        UniqueNames cadenceNames = new UniqueNames("cadence");
        List<CadenceDefinition> cadences = map.maps("cadences", cadence -> cadence(cadence, cadenceNames));
        if (cadences.isEmpty()) {
            map.problem("cadences", "a newsletter has at least one cadence, such as cadences: [{ name: each }]");
            cadences = List.of(new CadenceDefinition(CadenceDefinition.EACH, null, null, false, Missed.CATCH_UP, 1));
        }
        return new NewsletterDefinition(
                name,
                map.line("title").orElse(name),
                map.text("description").orElse(null),
                map.map("select", select -> SelectionReader.read(select, sources)),
                template(map),
                subject(map),
                map.word("unknown", Unknown.class).orElse(Unknown.RESEND),
                cadences,
                map.whole("maximum", 1, MAXIMUM_MOST).orElse(MAXIMUM),
                map.language("language").orElse(null),
                map.mailbox("from").map(Mailbox::toString).orElse(null),
                map.mailbox("reply-to").map(Mailbox::toString).orElse(null),
                map.duration("give-up").orElse(null),
                map.flag("paused").orElse(false));
    }

    private String template(YamlMap map) {
        Optional<String> written = map.value("template", NewsletterDefinitions::templateName);
        String template = written.orElse(DIGEST);
        if (written.isEmpty() && map.has("template")) {
            return template; // told already
        }
        List<String> missing = home.missingMailParts(template);
        for (String part : missing) {
            map.problem("template", "templates/mail/" + template + "/" + part + " is not there; " + mend(template));
        }
        if (missing.isEmpty()) {
            syntax.template().apply(template).forEach(wrong -> map.problem("template", wrong));
        }
        return template;
    }

    private String mend(String template) {
        return Nearest.word(template, home.mailTemplates())
                .filter(word -> !word.equals(template))
                .map(word -> "did you mean '" + word + "'?")
                .orElse("write it, or use 'digest'");
    }

    private static String templateName(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new UserError(
                    "'" + text + "' is not the name of a folder in templates/mail; use letters, digits, '-' and '_'");
        }
        return text;
    }

    private String subject(YamlMap map) {
        Optional<String> written = map.line("subject");
        written.ifPresent(text -> syntax.subject().apply(text).forEach(wrong -> map.problem("subject", wrong)));
        return written.orElse("$newsletter.title");
    }

    private CadenceDefinition cadence(YamlMap map, UniqueNames cadenceNames) {
        String name = cadenceNames.read(map, "name");
        if (name.equals(CadenceDefinition.BY_HAND)) {
            map.problem("name", "the cadence name 'by-hand' is taken by editions sent by hand; use another");
        }
        Optional<String> zoneText = map.text("time-zone");
        boolean readerZone = zoneText.filter(READER::equals).isPresent();
        @Nullable ZoneId zone = readerZone ? null : map.zone("time-zone").orElse(null);
        return new CadenceDefinition(
                name,
                cron(map, name),
                zone,
                readerZone,
                map.word("missed", Missed.class).orElse(Missed.CATCH_UP),
                map.whole("minimum", 1, MAXIMUM_MOST).orElse(1));
    }

    private static @Nullable String cron(YamlMap map, String name) {
        Optional<String> written = map.text("cron");
        if (name.equals(CadenceDefinition.EACH)) {
            for (String key : List.of("cron", "time-zone", "missed")) {
                if (map.has(key)) {
                    map.problem(
                            key,
                            "'" + key + "' does not belong to the cadence 'each', which sends articles as they come");
                }
            }
            return null;
        }
        map.required("cron", written);
        try {
            written.ifPresent(Cron::of);
        } catch (UserError e) {
            map.problem("cron", String.join("; ", e.lines()));
        }
        return written.orElse("");
    }
}
