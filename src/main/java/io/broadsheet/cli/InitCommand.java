package io.broadsheet.cli;

import io.broadsheet.config.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init}: a commented home to start from. */
@Command(
        name = "init",
        description = "Write a commented home to start from: config, one sample release, and an empty database.")
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", description = "A folder that is empty or not there yet.")
    private Path folder = Path.of("");

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Home home = Home.at(folder);
        List<String> written = NewHome.write(home);
        session.program().open(home, Program.Opening.MIGRATE).close();
        Terminal terminal = session.terminal();
        written.forEach(file -> terminal.out().println("  " + file));
        terminal.out().println();
        terminal.out().println("Next: read config/broadsheet.yml, then");
        terminal.out().println("  broadsheet check --home " + folder);
        terminal.out().println("  broadsheet serve --home " + folder);
        return ExitCode.DONE;
    }
}
