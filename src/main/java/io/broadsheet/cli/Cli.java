package io.broadsheet.cli;

import io.broadsheet.config.Nearest;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: which commands there are, and how errors are told. */
public final class Cli {
    private Cli() {}

    /** Runs one command on this process's streams and answers the exit code. */
    public static int run(Program program, String... args) {
        return run(program, Terminal.ofProcess(), args);
    }

    static int run(Program program, Terminal terminal, String... args) {
        Session session = new Session(program, terminal);
        CommandLine all = commandLine(session);
        if (Boolean.getBoolean("broadsheet.rehearsal")) {
            all.getUsageMessage(); // the launcher's training run for class-data sharing: help is to be quick too
        }
        int exitCode = all.execute(args);
        return session.interrupted() ? ExitCode.INTERRUPTED : exitCode;
    }

    private static CommandLine commandLine(Session session) {
        Terminal terminal = session.terminal();
        CommandLine all = new CommandLine(new RootCommand(session))
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new InitCommand(session))
                .addSubcommand(new CheckCommand(session))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new ApplyCommand(session))
                .addSubcommand(new CollectCommand(session))
                .addSubcommand(new CommandLine(new SourceCommand(session))
                        .addSubcommand(new SourceAddCommand(session))
                        .addSubcommand(new SourceImportCommand(session)))
                .addSubcommand(new InspectCommand(session))
                .addSubcommand(new FeedsCommand(session))
                .addSubcommand(new ArticleCommand(session))
                .addSubcommand(new TokenCommand(session))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new CommandLine(new EditionCommand(session))
                        .addSubcommand(new PreviewCommand(session))
                        .addSubcommand(new SendCommand(session)))
                .addSubcommand(new DeliveryCommand(session))
                .addSubcommand(new SubscriberCommand(session))
                .addSubcommand(new SuppressionCommand(session))
                .addSubcommand(new FeedbackCommand(session))
                .addSubcommand(new DkimCommand(session))
                .addSubcommand(new DoctorCommand(session))
                .addSubcommand(new VersionCommand(session));
        all.setOut(new PrintWriter(terminal.out(), true));
        all.setErr(new PrintWriter(terminal.err(), true));
        all.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.hasColours() ? Ansi.ON : Ansi.OFF));
        all.setUsageHelpWidth(terminal.width());
        all.setCaseInsensitiveEnumValuesAllowed(true);
        all.setParameterExceptionHandler((wrong, arguments) -> usage(terminal, wrong, arguments));
        all.setExecutionExceptionHandler((failure, command, parsed) -> failed(session, failure));
        return all;
    }

    private static int usage(Terminal terminal, ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        if (arguments.length == 0) {
            command.usage(terminal.err());
            return ExitCode.WRONG;
        }
        String message = message(wrong, command);
        String see = "ee '" + command.getCommandSpec().qualifiedName() + " --help'";
        terminal.tell(message + (message.endsWith("?") ? " S" : "; s") + see);
        return ExitCode.WRONG;
    }

    private static String message(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return "unknown option '" + word + "'" + nearest(word, options(command));
            }
            return command.getSubcommands().isEmpty()
                    ? "'" + word + "' is one argument too many"
                    : "unknown command '" + word + "'"
                            + nearest(word, command.getSubcommands().keySet());
        }
        String text = oneLine(wrong.getMessage());
        return wrong instanceof MissingParameterException
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static String nearest(String word, Collection<String> known) {
        return Nearest.word(word, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** The edge of the door: every error becomes lines for a reader, and an exit code. */
    private static int failed(Session session, Exception failure) {
        Terminal terminal = session.terminal();
        if (session.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        if (session.debug()) {
            failure.printStackTrace(terminal.err());
        }
        if (failure instanceof UserError wrong) {
            terminal.tellAll(wrong.lines(), "");
            return ExitCode.WRONG;
        }
        if (failure instanceof OutsideError outside) {
            terminal.tell(oneLine(outside.getMessage()));
            return ExitCode.FAILED;
        }
        terminal.tell(
                "a bug in Broadsheet: " + failure.getClass().getSimpleName() + ": " + oneLine(failure.getMessage())
                        + (session.debug() ? "" : "; run it again with --debug and report what it prints"));
        return ExitCode.FAILED;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
