package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.provision.Applied;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code apply}: makes the config files' definitions the ones that run. */
@Command(
        name = "apply",
        description =
                "Make the definitions in config the ones that run; a running 'serve' takes them up within a second.")
final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        // An open home has applied its config already, so what there is to show is asked for before that.
        Applied applied = session.program().apply(session.home(), dryRun);
        PrintStream out = session.terminal().out();
        if (json) {
            out.println(Json.write(applied));
            return ExitCode.DONE;
        }
        applied.changes()
                .forEach(change -> out.println("  " + change.kind() + " " + change.name() + ": " + change.change()));
        out.println(summary(applied.changes().size()));
        return ExitCode.DONE;
    }

    private String summary(int changes) {
        if (changes == 0) {
            return "nothing to change";
        }
        return changes + (changes == 1 ? " change" : " changes") + (dryRun ? "; nothing was done yet" : " applied");
    }
}
