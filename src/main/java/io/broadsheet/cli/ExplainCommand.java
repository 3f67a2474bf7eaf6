package io.broadsheet.cli;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.Explanation;
import io.broadsheet.article.Likeness;
import io.broadsheet.delivery.ExplainDelivery;
import io.broadsheet.delivery.ExplainEdition;
import io.broadsheet.delivery.ExplainReader;
import io.broadsheet.error.UserError;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain …}: why things are as they are. */
@Command(name = "explain", description = "Tell why things are as they are.")
final class ExplainCommand {
    private final Session session;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "article",
            description = "Tell where an article was seen, why it is one, and where it was published and mailed.")
    int article(
            @Parameters(paramLabel = "ID", description = "As 'article list' shows it.") String id,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        ArticleId article = parsed(id);
        return session.shown(json, installation -> installation.explainArticle().explain(article), this::show);
    }

    @Command(name = "delivery", description = "Tell what became of one edition to one reader, and why.")
    int delivery(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Parameters(paramLabel = "EMAIL", description = "The reader's address.") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ExplainDelivery.Explained told = installation.explainDelivery().explain(edition, email);
            return ExplainedLines.print(session.terminal(), told, json);
        });
    }

    @Command(
            name = "reader",
            description = "Tell what a reader takes and had, and what comes next, or why nothing does.")
    int reader(
            @Parameters(paramLabel = "EMAIL", description = "The reader's address.") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ExplainReader.Explained told = installation.explainReader().explain(email);
            return ExplainedLines.print(session.terminal(), told, json);
        });
    }

    @Command(name = "edition", description = "Tell how an edition came about, how far it has come, and what keeps it.")
    int edition(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ExplainEdition.Explained told = installation.explainEdition().explain(edition);
            return ExplainedLines.print(session.terminal(), told, json);
        });
    }

    static ArticleId parsed(String id) {
        try {
            return ArticleId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new UserError("'" + id + "' is no article's id; see 'broadsheet article list'");
        }
    }

    private void show(Explanation explanation) {
        Terminal terminal = session.terminal();
        PrintStream out = terminal.out();
        out.println(explanation.article().title());
        out.println("  "
                + (explanation.article().url() == null
                        ? "without a page of its own"
                        : explanation.article().url()));
        out.println();
        Table sightings = new Table("N", "SOURCE", "SEEN", "NEWS SINCE", "JOINED BY", "GUID OR URL");
        explanation
                .sightings()
                .forEach(seen -> sightings.row(
                        Integer.toString(seen.number()),
                        seen.source() + (seen.kind().equals("api") ? " (posted)" : ""),
                        Moment.of(seen.seen()),
                        Moment.of(seen.eligible()),
                        joinedBy(seen),
                        seen.guid() != null ? seen.guid() : seen.url() != null ? seen.url() : "-"));
        sightings.print(out, terminal.width());
        out.println();
        Explanation.PrimarySource primary = explanation.primary();
        if (primary != null) {
            out.println("worded as by source " + primary.source() + " ("
                    + switch (primary.rule()) {
                        case "own-site" -> "it is on its own site";
                        case "fullest" -> "its text is the fullest";
                        default -> "it showed it first";
                    }
                    + ")");
        }
        standing(explanation).forEach(out::println);
        if (explanation.selectedBy().isEmpty()) {
            out.println("no feed or newsletter selects it");
        }
        explanation.selectedBy().forEach(by -> out.println("selected by " + by.kind() + " " + by.name()));
        if (explanation.mailedIn().isEmpty()) {
            out.println("in no edition yet");
        }
        explanation
                .mailedIn()
                .forEach(in -> out.println("in edition " + in.edition() + " of " + in.newsletter() + ", " + in.cadence()
                        + ", " + Moment.of(in.slot()) + " (" + in.state() + ")"));
    }

    /** Where it stands, if not open, and what admins said of it. */
    private static List<String> standing(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        Explanation.Stands stands = explanation.stands();
        if (!stands.standing().equals("open")) {
            lines.add(stands.standing()
                    + (stands.joinedTo() == null ? "" : " to article " + stands.joinedTo())
                    + " since " + Moment.of(stands.since())
                    + (stands.why() == null ? "" : ": " + stands.why()));
        }
        for (Explanation.Decided ruling : explanation.rulings()) {
            String with = ruling.other() == null
                    ? ""
                    : (ruling.what().equals("apart") ? " from article " : " with article ") + ruling.other();
            lines.add(Moment.of(ruling.at()) + ": an admin said: " + ruling.what() + with
                    + (ruling.note() == null ? "" : ", " + ruling.note()));
        }
        return lines;
    }

    /** A rule of texts with how much of them is alike. */
    private static String joinedBy(Explanation.Seen seen) {
        Likeness likeness = seen.likeness();
        if (likeness == null) {
            return seen.joinedBy();
        }
        return String.format(
                Locale.ROOT,
                "%s (alike %.2f, within %.2f, headline %.2f, other figures %.2f)",
                seen.joinedBy(),
                likeness.jaccard(),
                likeness.containment(),
                likeness.title(),
                likeness.figures());
    }
}
