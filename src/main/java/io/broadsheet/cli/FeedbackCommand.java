package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code feedback …}: what came back. */
@Command(name = "feedback", description = "List what came back and could not be read.")
final class FeedbackCommand {
    private final Session session;

    FeedbackCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = {
                "List the newest of what came back and could not be read, or was about nobody we know.",
                "Nothing follows from it; with --json, each line holds the beginning of the mail."
            })
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many at most; by default 100.")
                    int limit,
            @Option(names = "--json", description = "Print JSON, one a line.") boolean json) {
        return session.with(installation -> {
            Terminal terminal = session.terminal();
            Table table = new Table("AT", "VIA", "WHY");
            installation.listUnparsed().newest(limit).forEach(one -> {
                if (json) {
                    terminal.out().println(Json.write(one));
                } else {
                    table.row(Moment.of(one.at()), Safe.text(one.via()), Safe.text(one.why()));
                }
            });
            if (!json) {
                table.print(terminal.out(), terminal.width());
            }
            return ExitCode.DONE;
        });
    }
}
