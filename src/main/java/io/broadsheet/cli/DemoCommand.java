package io.broadsheet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a newsroom, feeds, and an inbox to look at, all in a sandbox. */
@Command(
        name = "demo",
        description = {
            "Show the whole of it in a sandbox: a small newsroom, its feeds, three readers and their inbox.",
            "Nothing leaves this machine, and nothing stays when it ends."
        })
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--once",
            description = "Check from the outside that all of it worked, and end; exit code 1 if something did not.")
    private boolean once;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.program().demo(once, session.terminal().out()) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
