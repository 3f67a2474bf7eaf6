package io.broadsheet.cli;

import io.broadsheet.delivery.EditionReport;
import io.broadsheet.delivery.ListDeliveries;
import io.broadsheet.delivery.SettleEdition;
import io.broadsheet.edition.ListEditions;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edition list|show|pause|resume|cancel|settle|deliveries}; {@code send} and {@code preview} have files of their own. */
@Command(name = "edition", description = "Preview, send, list, show, pause, cancel and settle editions.")
final class EditionCommand {
    private final Session session;

    EditionCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", description = "List the newest editions.")
    int list(
            @Parameters(arity = "0..1", paramLabel = "NEWSLETTER", description = "Only those of this one.") @Nullable
                    String newsletter,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many at most; by default 20.")
                    int limit,
            @Option(names = "--json", description = "Print JSON, one edition a line.") boolean json) {
        if (limit < 0) {
            throw new UserError("--limit is 0 or more");
        }
        return session.with(installation -> {
            List<ListEditions.Listed> editions = installation.listEditions().list(newsletter, limit);
            Terminal terminal = session.terminal();
            if (json) {
                editions.forEach(edition -> terminal.out().println(Json.write(edition)));
                return ExitCode.DONE;
            }
            Table table = new Table("EDITION", "NEWSLETTER", "CADENCE", "SLOT", "STATE", "RECIPIENTS", "SUBJECT");
            editions.forEach(edition -> table.row(
                    edition.edition(),
                    edition.newsletter(),
                    edition.cadence(),
                    Moment.of(edition.slot()),
                    edition.state(),
                    String.valueOf(edition.recipients()),
                    edition.subject() == null ? "-" : edition.subject()));
            table.print(terminal.out(), terminal.width());
            editions.stream()
                    .filter(edition -> edition.why() != null)
                    .forEach(edition -> terminal.out().println("edition " + edition.edition() + ": " + edition.why()));
            return ExitCode.DONE;
        });
    }

    @Command(name = "show", description = "Show how far an edition has come.")
    int show(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            EditionLines.print(session.terminal(), installation.showEdition().show(edition), json);
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "pause",
            description = {
                "Hold an edition back, whoever sends it: no message starts from now on, what is in flight ends.",
                "'edition resume' lets it go on."
            })
    int pause(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--why", paramLabel = "TEXT", description = "For whoever resumes it.") @Nullable String why,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            EditionLines.print(
                    session.terminal(),
                    installation.pauseEdition().pause(edition, session.byAdmin("paused", why)),
                    json);
            return ExitCode.DONE;
        });
    }

    @Command(name = "resume", description = "Let an edition that is paused go on.")
    int resume(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            EditionLines.print(session.terminal(), installation.pauseEdition().resume(edition), json);
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "settle",
            description = {
                "Decide on deliveries that an edition holds, since nobody knows whether they arrived.",
                "'edition deliveries EDITION --state held' lists them."
            })
    int settle(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--accepted", description = "They had it.") boolean accepted,
            @Option(names = "--resend", description = "Send it again, under the same Message-ID.") boolean resend,
            @Option(names = "--cancel", description = "Drop it; its articles are due to them again.") boolean cancel,
            @Option(names = "--subscriber", paramLabel = "EMAIL", description = "Only the one to this address.")
                    @Nullable
                    String subscriber,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        SettleEdition.Decision decision = decision(accepted, resend, cancel);
        return session.with(installation -> {
            SettleEdition.Settled settled = installation.settleEdition().settle(edition, decision, subscriber);
            Terminal terminal = session.terminal();
            if (json) {
                terminal.out().println(Json.write(settled));
                return ExitCode.DONE;
            }
            terminal.out().println(settled.settled() + " settled");
            EditionLines.print(terminal, settled.edition(), false);
            return ExitCode.DONE;
        });
    }

    private static SettleEdition.Decision decision(boolean accepted, boolean resend, boolean cancel) {
        if (Stream.of(accepted, resend, cancel).filter(chosen -> chosen).count() != 1) {
            throw new UserError("say what becomes of what is held, by one of --accepted, --resend and --cancel");
        }
        if (accepted) {
            return SettleEdition.Decision.ACCEPTED;
        }
        return resend ? SettleEdition.Decision.RESEND : SettleEdition.Decision.CANCEL;
    }

    @Command(
            name = "cancel",
            description = {
                "Stop an edition for good, from the next message on.",
                "Its articles are due again to those who did not get them."
            })
    int cancel(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            EditionReport report = installation.cancelEdition().cancel(edition);
            EditionLines.print(session.terminal(), report, json);
            return ExitCode.DONE;
        });
    }

    @Command(name = "deliveries", description = "List the deliveries of an edition.")
    int deliveries(
            @Parameters(paramLabel = "EDITION", description = "As 'edition list' shows it.") String edition,
            @Option(names = "--state", paramLabel = "STATE", description = "Only those, such as deferred or refused.")
                    @Nullable
                    String state,
            @Option(names = "--json", description = "Print JSON, one delivery a line.") boolean json) {
        return session.with(installation -> {
            // Line by line, because there may be a million.
            installation
                    .listDeliveries()
                    .list(
                            edition,
                            state,
                            line -> session.terminal().out().println(json ? Json.write(line) : plain(line)));
            return ExitCode.DONE;
        });
    }

    private static String plain(ListDeliveries.Line line) {
        return line.state() + "  " + line.email() + "  " + Moment.of(line.at())
                + (line.reply() == null ? "" : "  " + line.reply());
    }
}
