package io.broadsheet.cli;

import io.broadsheet.config.Version;
import io.broadsheet.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}: what runs here, and on what. */
@Command(name = "version", description = "Show which version this is.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Running running = new Running(
                Version.number(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        session.terminal().out().println(json ? Json.write(running) : running.line());
        return ExitCode.DONE;
    }

    record Running(String version, String java, String system) {
        String line() {
            return "broadsheet " + version + " (Java " + java + ", " + system + ")";
        }
    }
}
