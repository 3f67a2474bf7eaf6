package io.broadsheet.cli;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.HeldArticle;
import io.broadsheet.article.HeldArticles;
import io.broadsheet.article.ListedArticle;
import io.broadsheet.article.Standing;
import io.broadsheet.error.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code article …}: what was collected. */
@Command(name = "article", description = "List the articles there are, and decide on them.")
final class ArticleCommand {
    private final Session session;

    ArticleCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", description = "List the newest articles, in the order of feeds.")
    int list(
            @Option(names = "--source", paramLabel = "NAME", description = "Only those that this source showed.")
                    @Nullable
                    String source,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many at most; by default 50.")
                    int limit,
            @Option(names = "--json", description = "Print JSON, one article a line.") boolean json) {
        if (limit < 0) {
            throw new UserError("--limit is 0 or more");
        }
        return session.listed(json, installation -> installation.listArticles().list(source, limit), this::show);
    }

    @Command(name = "held", description = "List the articles that wait for you, and why.")
    int held(
            @Option(names = "--source", paramLabel = "NAME", description = "Only those that this source showed.")
                    @Nullable
                    String source,
            @Option(names = "--json", description = "Print JSON, one article a line.") boolean json) {
        return session.listed(
                json, installation -> installation.rulings().held().list(source), this::showHeld);
    }

    private void showHeld(List<HeldArticle> held) {
        Table table = new Table("ID", "SINCE", "TITLE", "WHY");
        held.forEach(article -> table.row(article.id(), Moment.of(article.since()), article.title(), article.why()));
        table.print(session.terminal().out(), session.terminal().width());
    }

    @Command(name = "release", description = "Publish held articles, and mail them where they are news.")
    int release(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "As 'article held' shows it.")
                    List<String> ids,
            @Option(names = "--source", paramLabel = "NAME", description = "All that this source showed.") @Nullable
                    String source) {
        return session.line(installation -> {
            int released = installation.rulings().held().release(which(ids, source));
            return Count.of(released, "article") + " released";
        });
    }

    @Command(name = "discard", description = "Never publish or mail held articles; they stay known.")
    int discard(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "As 'article held' shows it.")
                    List<String> ids,
            @Option(names = "--source", paramLabel = "NAME", description = "All that this source showed.") @Nullable
                    String source) {
        return session.line(installation -> {
            int discarded = installation.rulings().held().discard(which(ids, source));
            return Count.of(discarded, "article") + " discarded";
        });
    }

    @Command(
            name = "hold",
            description = "Take an article out of feeds and the editions to come, until it is released.")
    int hold(
            @Parameters(paramLabel = "ID", description = "As 'article list' shows it.") String id,
            @Option(names = "--note", paramLabel = "TEXT", description = "Why.") @Nullable String note) {
        return session.line(installation -> {
            installation.rulings().held().hold(ExplainCommand.parsed(id), note);
            return id + ": held; 'article release " + id + "' opens it again";
        });
    }

    @Command(name = "join", description = "Make two articles one: the first tells the story.")
    int join(
            @Parameters(paramLabel = "ID", description = "The article that stays.") String first,
            @Parameters(paramLabel = "ID", description = "The article that becomes part of it.") String second) {
        return session.line(installation -> {
            installation.rulings().joining().join(ExplainCommand.parsed(first), ExplainCommand.parsed(second));
            return first + ": joined with " + second;
        });
    }

    @Command(name = "split", description = "Make one article two, which are never joined again.")
    int split(
            @Parameters(paramLabel = "ID", description = "As 'article list' shows it.") String id,
            @Option(
                            names = "--sighting",
                            paramLabel = "N",
                            required = true,
                            description = "Which sighting is another story, from 1, as 'explain article' lists them.")
                    int sighting,
            @Option(names = "--mail", description = "Make the other one news; by default it is only published.")
                    boolean mail) {
        return session.line(installation -> {
            ArticleId other = installation.rulings().joining().split(ExplainCommand.parsed(id), sighting, mail);
            return other.toString();
        });
    }

    @Command(name = "retract", description = "Take an article back: it leaves feeds, mail and pages for good.")
    int retract(
            @Parameters(paramLabel = "ID", description = "As 'article list' shows it.") String id,
            @Option(
                            names = "--note",
                            paramLabel = "TEXT",
                            description = "Why; Atom feeds and the next edition tell it.")
                    @Nullable
                    String note) {
        return session.line(installation -> {
            Standing.Word word = installation.rulings().retracting().retract(ExplainCommand.parsed(id), note);
            return id
                    + (word == Standing.Word.DISCARDED ? ": discarded; it was never shown to anybody" : ": retracted");
        });
    }

    @Command(name = "correct", description = "Say that an article was corrected: feeds show it as changed now.")
    int correct(
            @Parameters(paramLabel = "ID", description = "As 'article list' shows it.") String id,
            @Option(names = "--note", paramLabel = "TEXT", description = "What was wrong.") @Nullable String note) {
        return session.line(installation -> {
            installation.rulings().retracting().correct(ExplainCommand.parsed(id), note);
            return id + ": corrected";
        });
    }

    private static HeldArticles.Which which(@Nullable List<String> ids, @Nullable String source) {
        List<String> named = ids == null ? List.of() : ids;
        if (named.isEmpty() == (source == null)) {
            throw new UserError("name either articles by their ids, or all of one source by --source");
        }
        return new HeldArticles.Which(named.stream().map(ExplainCommand::parsed).toList(), source);
    }

    private void show(List<ListedArticle> articles) {
        Table table = new Table("ID", "COLLECTED", "STANDING", "SOURCES", "TITLE");
        for (ListedArticle article : articles) {
            table.row(
                    article.id(),
                    Moment.of(article.collected()),
                    article.standing(),
                    String.join(",", article.sources()),
                    article.title());
        }
        table.print(session.terminal().out(), session.terminal().width());
    }
}
