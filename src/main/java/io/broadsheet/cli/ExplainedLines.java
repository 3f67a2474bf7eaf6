package io.broadsheet.cli;

import io.broadsheet.delivery.EditionReport;
import io.broadsheet.delivery.ExplainDelivery;
import io.broadsheet.delivery.ExplainEdition;
import io.broadsheet.delivery.ExplainReader;
import io.broadsheet.json.Json;
import java.io.PrintStream;

/** Shows what {@code explain} told of deliveries. */
final class ExplainedLines {
    private ExplainedLines() {}

    static int print(Terminal terminal, ExplainDelivery.Explained told, boolean json) {
        PrintStream out = terminal.out();
        if (json) {
            out.println(Json.write(told));
            return ExitCode.DONE;
        }
        out.println(told.email() + ", edition " + told.edition() + " of " + told.newsletter() + ", " + told.cadence()
                + ", " + Moment.of(told.slot()));
        told.said().forEach(sentence -> out.println("  " + sentence));
        if (!told.articles().isEmpty()) {
            out.println();
            told.articles().stream().map(EditionReport.Held::title).forEach(title -> out.println("  - " + title));
        }
        return ExitCode.DONE;
    }

    static int print(Terminal terminal, ExplainReader.Explained told, boolean json) {
        PrintStream out = terminal.out();
        if (json) {
            out.println(Json.write(told));
            return ExitCode.DONE;
        }
        out.println(told.email());
        told.said().forEach(sentence -> out.println("  " + sentence));
        told.subscriptions().forEach(one -> one.titles().forEach(title -> out.println("  - " + title)));
        if (!told.deliveries().isEmpty()) {
            out.println();
            Table table = new Table("EDITION", "NEWSLETTER", "CADENCE", "SLOT", "STATE", "ATTEMPTS", "LAST WORD");
            told.deliveries()
                    .forEach(had -> table.row(
                            had.edition(),
                            had.newsletter(),
                            had.cadence(),
                            Moment.of(had.slot()),
                            had.state(),
                            String.valueOf(had.attempts()),
                            had.reply() == null ? "-" : had.reply()));
            table.print(out, terminal.width());
        }
        return ExitCode.DONE;
    }

    static int print(Terminal terminal, ExplainEdition.Explained told, boolean json) {
        PrintStream out = terminal.out();
        if (json) {
            out.println(Json.write(told));
            return ExitCode.DONE;
        }
        EditionLines.print(terminal, told.edition(), false);
        told.said().forEach(sentence -> out.println("  " + sentence));
        if (!told.replies().isEmpty()) {
            out.println();
            Table replies = new Table("STATE", "DELIVERIES", "LAST WORD", "WHICH MEANS");
            told.replies()
                    .forEach(met -> replies.row(
                            met.state(),
                            String.valueOf(met.deliveries()),
                            met.reply(),
                            met.meaning() == null ? "-" : met.meaning()));
            replies.print(out, terminal.width());
        }
        if (!told.domains().isEmpty()) {
            out.println();
            Table domains = new Table("DOMAIN", "DELIVERIES", "ACCEPTED", "DEFERRED", "REFUSED");
            told.domains()
                    .forEach(one -> domains.row(
                            one.domain(),
                            String.valueOf(one.deliveries()),
                            String.valueOf(one.accepted()),
                            String.valueOf(one.deferred()),
                            String.valueOf(one.refused())));
            domains.print(out, terminal.width());
        }
        return ExitCode.DONE;
    }
}
