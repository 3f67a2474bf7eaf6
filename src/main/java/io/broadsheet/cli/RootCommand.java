package io.broadsheet.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code broadsheet} itself, with the options that stand before or after any subcommand. */
@Command(
        name = "broadsheet",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        description = "Collects what an organisation publishes, keeps feeds of it, and mails each subscriber a digest.",
        footerHeading = "%n",
        footer = "Start with 'broadsheet demo', or 'broadsheet init DIR' for a home of your own.")
final class RootCommand {
    private final Session session;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what a command does and takes.")
    private boolean help;

    RootCommand(Session session) {
        this.session = session;
    }

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder with config, templates, feeds and data; by default the current one.")
    void home(Path folder) {
        session.home(folder);
    }

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "With an error, show where in the program it arose.")
    void debug(boolean wanted) {
        session.debug(wanted);
    }
}
