package io.broadsheet.cli;

import io.broadsheet.article.CollectReport;
import io.broadsheet.article.SourceReport;
import io.broadsheet.article.SourceReport.Status;
import io.broadsheet.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code collect}: visits sources now. */
@Command(name = "collect", description = "Visit sources now, due or not, and take in what is new.")
final class CollectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Names from config/sources.yml; by default all.")
    private List<String> sources = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    CollectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.with(installation -> {
            CollectReport report;
            try (ShownProgress progress = new ShownProgress(session.terminal(), "collecting")) {
                report = installation.collect().named(sources, progress);
            }
            if (json) {
                session.terminal().out().println(Json.write(report));
            } else {
                show(report);
            }
            return exitCode(report);
        });
    }

    private void show(CollectReport report) {
        Terminal terminal = session.terminal();
        Table table = new Table("SOURCE", "STATUS", "NEW", "REVISED", "SEEN");
        for (SourceReport source : report.sources()) {
            table.row(
                    source.name(),
                    source.status().name().toLowerCase(Locale.ROOT),
                    String.valueOf(source.added()),
                    String.valueOf(source.revised()),
                    String.valueOf(source.seen()));
        }
        table.print(terminal.out(), terminal.width());
        for (SourceReport source : report.sources()) {
            if (source.error() != null) {
                terminal.tell(source.error());
            }
        }
        terminal.out()
                .println(Count.of(report.newArticles(), "new article") + " from "
                        + Count.of(report.sources().size(), "source"));
    }

    private static int exitCode(CollectReport report) {
        long failed = report.sources().stream()
                .filter(source -> source.status() == Status.FAILED)
                .count();
        long held = report.sources().stream()
                .filter(source -> source.status() == Status.HELD)
                .count();
        if (failed > 0 && failed == report.sources().size()) {
            return ExitCode.FAILED;
        }
        return failed + held == 0 ? ExitCode.DONE : ExitCode.PARTLY;
    }
}
