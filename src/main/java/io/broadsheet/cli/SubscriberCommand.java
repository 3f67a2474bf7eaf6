package io.broadsheet.cli;

import io.broadsheet.error.OutsideError;
import io.broadsheet.json.Json;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.ImportSubscribers;
import io.broadsheet.subscriber.ListSubscribers;
import io.broadsheet.subscriber.ShowSubscriber;
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

/** {@code subscriber …}: who takes which newsletter. */
@Command(name = "subscriber", description = "Add, list, show, import, export and remove subscribers.")
final class SubscriberCommand {
    private final Session session;

    SubscriberCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "add",
            description = {
                "Take one person in. They are asked by mail to confirm, unless you name the proof of their consent.",
                "A second call changes nothing."
            })
    int add(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--newsletter", required = true, paramLabel = "NAME") String newsletter,
            @Option(names = "--cadence", paramLabel = "NAME", description = "By default the newsletter's first.")
                    @Nullable
                    String cadence,
            @Option(
                            names = "--confirmed",
                            paramLabel = "EVIDENCE",
                            description = "Where their consent is proved; they are active at once.")
                    @Nullable
                    String confirmed,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--language", paramLabel = "TAG", description = "Such as en or pt-BR.") @Nullable
                    String language,
            @Option(names = "--time-zone", paramLabel = "ZONE", description = "Such as Europe/Berlin.") @Nullable
                    String timeZone,
            @Option(names = "--topics", split = ";", paramLabel = "TOPIC", description = "Split by ';'.") @Nullable
                    List<String> topics,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        AddSubscriber.Request request = new AddSubscriber.Request(
                email, newsletter, cadence, confirmed, name, language, timeZone, topics == null ? List.of() : topics);
        return session.with(installation -> {
            AddSubscriber.Added added = installation.addSubscriber().add(request);
            Standing standing = new Standing(added.email(), added.state().word());
            session.terminal()
                    .out()
                    .println(json ? Json.write(standing) : standing.email() + " is " + standing.state());
            return ExitCode.DONE;
        });
    }

    @Command(name = "list", description = "List subscriptions in the order they came.")
    int list(
            @Option(names = "--newsletter", paramLabel = "NAME") @Nullable String newsletter,
            @Option(names = "--state", paramLabel = "STATE", description = "pending, active or ended; by default all.")
                    @Nullable
                    String state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "How many at most; by default 1000.")
                    long limit,
            @Option(names = "--json", description = "Print JSON, one subscription a line.") boolean json) {
        return session.with(installation -> {
            Terminal terminal = session.terminal();
            Table table = new Table("EMAIL", "NEWSLETTER", "CADENCE", "STATE", "JOINED");
            installation.listSubscribers().each(newsletter, state, limit, one -> {
                if (json) {
                    terminal.out().println(Json.write(ListedShown.of(one)));
                } else {
                    table.row(
                            one.email(),
                            one.newsletter(),
                            one.cadence(),
                            one.state().word(),
                            Moment.of(one.joined()));
                }
            });
            if (!json) {
                table.print(terminal.out(), terminal.width());
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "show",
            description = "Show what a person takes, what they agreed to, and whether they may be mailed.")
    int show(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ShowSubscriber.Shown shown = installation.showSubscriber().show(email);
            if (json) {
                session.terminal().out().println(Json.write(shown));
            } else {
                show(shown, session.terminal().out());
            }
            return ExitCode.DONE;
        });
    }

    private static void show(ShowSubscriber.Shown shown, PrintStream out) {
        out.println(shown.email()
                + (shown.name() == null ? "" : ", " + shown.name())
                + (shown.language() == null ? "" : ", " + shown.language())
                + (shown.timeZone() == null ? "" : ", " + shown.timeZone()));
        if (shown.suppressed() != null) {
            out.println("must not be mailed: " + shown.suppressed());
        }
        shown.subscriptions()
                .forEach(one -> out.println("  " + one.newsletter() + ", " + one.cadence() + ": " + one.state()
                        + (one.endedWhy() == null ? "" : " (" + one.endedWhy() + ")")));
        shown.consents()
                .forEach(one -> out.println("  " + Moment.of(one.at()) + " " + one.what() + " " + one.newsletter()
                        + (one.evidence() == null ? "" : ": " + one.evidence())));
        SuppressionCommand.history(shown.history(), out);
    }

    @Command(
            name = "import",
            description = {
                "Take in a CSV file of people; a second time changes nothing.",
                "A row that can't be is left out and reported, and the exit code is 3."
            })
    int take(
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "UTF-8 with a header: email,name,language,time-zone,cadence,topics; email alone is enough.")
                    Path file,
            @Option(names = "--newsletter", required = true, paramLabel = "NAME") String newsletter,
            @Option(
                            names = "--cadence",
                            paramLabel = "NAME",
                            description = "For rows without one; by default the newsletter's first.")
                    @Nullable
                    String cadence,
            @Option(
                            names = "--confirmed",
                            paramLabel = "EVIDENCE",
                            description = "Where the consent of all of them is proved; they are active at once.")
                    @Nullable
                    String confirmed,
            @Option(names = "--invite", description = "Ask those who are pending by mail to confirm.") boolean invite,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            ImportSubscribers.Report report;
            try (ShownProgress progress = new ShownProgress(session.terminal(), "importing")) {
                report = installation
                        .importSubscribers()
                        .take(new ImportSubscribers.Request(file, newsletter, cadence, confirmed, invite), progress);
            }
            if (json) {
                session.terminal().out().println(Json.write(report));
            } else {
                show(report, file);
            }
            return report.rejected().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
        });
    }

    private void show(ImportSubscribers.Report report, Path file) {
        Terminal terminal = session.terminal();
        report.rejected().forEach(row -> terminal.tell(file + ":" + row.line() + ": " + row.reason()));
        if (report.rejectedMore() > 0) {
            terminal.tell(file + ": and " + Count.of(report.rejectedMore(), "more row") + " like these");
        }
        long rejected = report.rejected().size() + report.rejectedMore();
        terminal.out()
                .println(report.added() + " added, " + report.updated() + " updated, " + report.unchanged()
                        + " unchanged, " + report.suppressed() + " suppressed, " + rejected + " rejected");
    }

    @Command(name = "export", description = "Write a newsletter's subscribers as CSV that 'import' reads.")
    int export(
            @Option(names = "--newsletter", required = true, paramLabel = "NAME") String newsletter,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "pending, active or ended; by default active.")
                    @Nullable
                    String state,
            @Option(names = "--out", paramLabel = "FILE", description = "By default standard output.") @Nullable
                    Path file) {
        return session.with(installation -> {
            try (Writer writer = file == null ? session.terminal().writer() : Files.newBufferedWriter(file)) {
                long rows = installation.exportSubscribers().write(newsletter, state, writer);
                session.terminal().tell(Count.of(rows, "subscriber") + " exported");
            } catch (IOException e) {
                String where = file == null ? "standard output" : file.toString();
                throw new OutsideError(where + ": cannot be written; look for room and rights there", false, e);
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "remove",
            description = "End a person's subscriptions. What they had, and that they were asked, stays on record.")
    int remove(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--newsletter", paramLabel = "NAME", description = "Only this one.") @Nullable
                    String newsletter,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            int ended = installation.removeSubscriber().remove(email, newsletter);
            session.terminal()
                    .out()
                    .println(
                            json
                                    ? Json.write(new Removed(email, ended))
                                    : email + ": " + ended + (ended == 1 ? " subscription" : " subscriptions")
                                            + " ended");
            return ExitCode.DONE;
        });
    }

    record Standing(String email, String state) {}

    record Removed(String email, int ended) {}

    /** {@link ListSubscribers.Listed} with its state as JSON spells it. */
    record ListedShown(
            String email,
            @Nullable String name,
            @Nullable String language,
            @Nullable String timeZone,
            String newsletter,
            String cadence,
            List<String> topics,
            String state,
            @Nullable Instant joined) {
        static ListedShown of(ListSubscribers.Listed one) {
            return new ListedShown(
                    one.email(),
                    one.name(),
                    one.language(),
                    one.timeZone(),
                    one.newsletter(),
                    one.cadence(),
                    one.topics(),
                    one.state().word(),
                    one.joined());
        }
    }
}
