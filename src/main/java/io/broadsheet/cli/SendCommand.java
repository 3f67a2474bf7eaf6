package io.broadsheet.cli;

import io.broadsheet.delivery.EditionReport;
import io.broadsheet.delivery.SendEdition;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.error.UserError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edition send}: by hand, after a question; or a test copy, or nothing but a rehearsal. */
@Command(
        name = "send",
        description = {
            "Send an edition by hand: shows what would go to how many, asks, and sends.",
            "An unfinished one is finished first. Nobody gets an article that they had already."
        })
final class SendCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Session session;

    @Parameters(paramLabel = "NEWSLETTER")
    private String newsletter = "";

    @Option(
            names = "--cadence",
            paramLabel = "NAME",
            description = "Only to its readers; by default to those of every cadence.")
    private @Nullable String cadence;

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Render every mail and send none.")
    private boolean dryRun;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Send one test copy there; nothing is recorded as delivered.")
    private @Nullable String to;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "Take up to N of the newest articles of the back catalogue too.")
    private int backlog;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    SendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (backlog < 0) {
            throw new UserError("--backlog is 0 or more");
        }
        if (!yes && !dryRun && to == null && !session.terminal().answers()) {
            throw new UserError("there is no terminal to ask on; say --yes to send without a question");
        }
        return session.with(installation -> {
            if (dryRun) {
                return shown(rehearse(installation));
            }
            if (to != null) {
                return shown(installation
                        .sendTest()
                        .send(installation.previewEdition().testCopy(request(false), to)));
            }
            if (!yes && !agreed(installation)) {
                session.terminal().tell("nothing was sent");
                return ExitCode.DONE;
            }
            EditionReport report = send(installation.sendEdition());
            // With no 'serve' alive nobody else would look at what was refused.
            installation.reviewRefusals().review();
            return shown(report);
        });
    }

    private PreviewEdition.Request request(boolean renderAll) {
        return new PreviewEdition.Request(newsletter, cadence, null, backlog, renderAll);
    }

    private int shown(EditionReport report) {
        EditionLines.print(session.terminal(), report, json);
        return report.isWhole() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private EditionReport rehearse(Installation installation) {
        PreviewEdition.Preview preview;
        try (ShownProgress progress = new ShownProgress(session.terminal(), "rendering")) {
            preview = installation.previewEdition().preview(request(true), progress);
        }
        return new EditionReport(
                null,
                "dry-run",
                preview.recipients(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                preview.mail().subject(),
                preview.recipients() == 0
                        ? List.of()
                        : preview.articles().stream()
                                .map(article -> new EditionReport.Held(null, article.title(), article.url()))
                                .toList(),
                preview.why());
    }

    /** With nobody due there is nothing to ask: sending then finishes what an earlier one left, or says why nothing is new. */
    private boolean agreed(Installation installation) {
        PreviewEdition.Preview preview;
        try (ShownProgress progress = new ShownProgress(session.terminal(), "looking")) {
            preview = installation.previewEdition().preview(request(false), progress);
        }
        if (preview.recipients() == 0 || preview.recipients() <= installation.confirmAbove()) {
            return true;
        }
        Terminal terminal = session.terminal();
        terminal.err().println(preview.mail().subject());
        preview.articles().forEach(article -> terminal.err().println("  " + article.title()));
        return terminal.agrees("Send it to " + Count.of(preview.recipients(), "recipient") + "?");
    }

    private EditionReport send(SendEdition sendEdition) {
        try (ShownProgress progress = new ShownProgress(session.terminal(), "sending", BETWEEN_LINES)) {
            return session.interruptible(
                    "interrupted; what was sent is on record, and 'broadsheet edition send " + newsletter
                            + "' goes on with the rest (or a running 'serve' does)",
                    sendEdition::stop,
                    () -> sendEdition.send(newsletter, cadence, backlog, progress));
        }
    }
}
