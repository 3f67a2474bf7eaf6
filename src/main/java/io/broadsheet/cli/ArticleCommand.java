package io.broadsheet.cli;

import io.broadsheet.article.ListedArticle;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code article …}: what was collected. */
@Command(name = "article", description = "List the articles there are.")
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
        return session.with(installation -> {
            show(installation.listArticles().list(source, limit), json);
            return ExitCode.DONE;
        });
    }

    private void show(List<ListedArticle> articles, boolean json) {
        Terminal terminal = session.terminal();
        if (json) {
            articles.forEach(article -> terminal.out().println(Json.write(article)));
            return;
        }
        Table table = new Table("ID", "COLLECTED", "SOURCES", "TITLE");
        for (ListedArticle article : articles) {
            table.row(
                    article.id(), Moment.of(article.collected()), String.join(",", article.sources()), article.title());
        }
        table.print(terminal.out(), terminal.width());
    }
}
