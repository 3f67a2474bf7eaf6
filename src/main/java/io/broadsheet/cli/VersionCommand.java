package io.broadsheet.cli;

import io.broadsheet.config.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code version}: what runs here, and on what. */
@Command(name = "version", description = "Show which version this is.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal()
                .out()
                .println("broadsheet " + Version.number() + " (Java " + System.getProperty("java.version") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")");
        return ExitCode.DONE;
    }
}
