package io.broadsheet.cli;

import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.ImportSuppressions;
import io.broadsheet.feedback.ShowSuppression;
import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import io.broadsheet.subscriber.HistoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code suppression …}: addresses that must not be mailed. */
@Command(
        name = "suppression",
        description = "Add, remove, list, show, import and export addresses that must not be mailed.")
final class SuppressionCommand {
    private final Session session;

    SuppressionCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "add",
            description = "Stop all mail to an address, from the next message on. No import brings it back.")
    int add(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            boolean added = installation.suppress().add(email);
            return changed(json, new Changed(email, true, added), added ? "suppressed" : "was suppressed before");
        });
    }

    @Command(
            name = "remove",
            description = {
                "Let an address be mailed again. Its active subscriptions go on;",
                "those that ended by a complaint stay ended."
            })
    int remove(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            boolean lifted = installation.suppress().lift(email);
            return changed(
                    json, new Changed(email, false, lifted), lifted ? "may be mailed again" : "was not suppressed");
        });
    }

    private int changed(boolean json, Changed changed, String words) {
        session.terminal().out().println(json ? Json.write(changed) : changed.email() + " " + words);
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List suppressed addresses in their order.")
    int list(
            @Option(
                            names = "--why",
                            paramLabel = "REASON",
                            description = "bounce, complaint or by-admin; by default all.")
                    @Nullable
                    String why,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "How many at most; by default 1000.")
                    long limit,
            @Option(names = "--json", description = "Print JSON, one address a line.") boolean json) {
        return session.with(installation -> {
            Terminal terminal = session.terminal();
            Table table = new Table("EMAIL", "WHY", "SINCE", "REPLY");
            installation.listSuppressions().each(why, limit, one -> {
                if (json) {
                    terminal.out()
                            .println(Json.write(
                                    new Listed(one.addressKey(), one.why().word(), one.since(), one.reply())));
                } else {
                    table.row(
                            one.addressKey(),
                            one.why().word(),
                            Moment.of(one.since()),
                            one.reply() == null ? "-" : Safe.text(one.reply()));
                }
            });
            if (!json) {
                table.print(terminal.out(), terminal.width());
            }
            return ExitCode.DONE;
        });
    }

    @Command(name = "show", description = "Show whether an address may be mailed, and what came back about it.")
    int show(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ShowSuppression.Shown shown = installation.showSuppression().show(email);
            PrintStream out = session.terminal().out();
            if (json) {
                out.println(Json.write(shown));
                return ExitCode.DONE;
            }
            out.println(shown.email()
                    + (shown.suppressed()
                            ? " must not be mailed: " + shown.why() + ", since " + Moment.of(shown.since())
                                    + (shown.reply() == null ? "" : ": " + Safe.text(shown.reply()))
                            : " may be mailed"));
            history(shown.history(), out);
            return ExitCode.DONE;
        });
    }

    /** What came back, one line each. */
    static void history(List<HistoryStore.Past> history, PrintStream out) {
        history.forEach(past -> out.println("  " + Moment.of(past.at()) + " " + past.what()
                + (past.severity() == null ? "" : ", " + past.severity())
                + (past.edition() == null ? "" : ", edition " + past.edition())
                + " by " + Safe.text(past.via())
                + (past.diagnostic().isEmpty() ? "" : ": " + Safe.text(past.diagnostic()))
                + " (" + past.outcome() + ")"));
    }

    @Command(
            name = "import",
            description = {
                "Take in a CSV file of addresses that must not be mailed; a second time changes nothing.",
                "A row that can't be is left out and reported, and the exit code is 3."
            })
    int take(
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "UTF-8 with a header that names email; why, since and reply are read too, other columns passed over.")
                    Path file,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ImportSuppressions.Report report;
            try (ShownProgress progress = new ShownProgress(session.terminal(), "importing")) {
                report = installation.importSuppressions().take(file, progress);
            }
            if (json) {
                session.terminal().out().println(Json.write(report));
            } else {
                show(report, file);
            }
            return report.rejected().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
        });
    }

    private void show(ImportSuppressions.Report report, Path file) {
        Terminal terminal = session.terminal();
        report.rejected().forEach(row -> terminal.tell(file + ":" + row.line() + ": " + row.reason()));
        if (report.rejectedMore() > 0) {
            terminal.tell(file + ": and " + Count.of(report.rejectedMore(), "more row") + " like these");
        }
        long rejected = report.rejected().size() + report.rejectedMore();
        terminal.out()
                .println(report.added() + " added, " + report.unchanged() + " unchanged, " + rejected + " rejected");
    }

    @Command(name = "export", description = "Write all suppressed addresses as CSV that 'import' reads.")
    int export(
            @Option(names = "--out", paramLabel = "FILE", description = "By default standard output.") @Nullable
                    Path file) {
        return session.with(installation -> {
            try (Writer writer = file == null ? session.terminal().writer() : Files.newBufferedWriter(file)) {
                long rows = installation.exportSuppressions().write(writer);
                session.terminal().tell(Count.of(rows, "suppression") + " exported");
            } catch (IOException e) {
                String where = file == null ? "standard output" : file.toString();
                throw new OutsideError(where + ": cannot be written; look for room and rights there", false, e);
            }
            return ExitCode.DONE;
        });
    }

    record Changed(String email, boolean suppressed, boolean changed) {}

    record Listed(
            String email,
            String why,
            Instant since,
            @Nullable String reply) {}
}
