package io.broadsheet.cli;

import io.broadsheet.config.Problem;
import io.broadsheet.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: all that is wrong with the config, at once. */
@Command(name = "check", description = "Check config and templates, and show all that is wrong with them.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Problem> problems = session.program().check(session.home());
        Terminal terminal = session.terminal();
        if (json) {
            terminal.out().println(Json.write(new Checked(problems)));
        } else {
            terminal.tellAll(
                    problems.stream().map(Problem::toString).toList(), "; 'broadsheet check --json' shows them all");
            if (problems.isEmpty()) {
                terminal.out().println("config is in order");
            }
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.WRONG;
    }

    record Checked(List<Problem> problems) {}
}
