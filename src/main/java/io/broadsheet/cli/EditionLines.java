package io.broadsheet.cli;

import io.broadsheet.delivery.EditionReport;
import io.broadsheet.json.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Shows how an edition stands. */
final class EditionLines {
    private EditionLines() {}

    static void print(Terminal terminal, EditionReport report, boolean json) {
        PrintStream out = terminal.out();
        if (json) {
            out.println(Json.write(report));
            return;
        }
        out.println((report.edition() == null ? "" : "edition " + report.edition() + ": ")
                + report.state()
                + (report.subject() == null ? "" : " — " + report.subject()));
        if (report.why() != null) {
            out.println("  " + report.why());
        }
        if (report.recipients() > 0) {
            out.println("  " + Count.of(report.recipients(), "recipient") + ": " + counts(report));
        }
    }

    /** {@code 12 accepted, 1 deferred}: what there is none of is left out, but for the accepted. */
    static String counts(EditionReport report) {
        List<String> parts = new ArrayList<>();
        parts.add(report.accepted() + " accepted");
        part(parts, report.deferred(), "deferred");
        part(parts, report.refused(), "refused");
        part(parts, report.suppressed(), "suppressed");
        part(parts, report.unknown(), "unknown");
        part(parts, report.queued(), "queued");
        part(parts, report.cancelled(), "cancelled");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, long number, String word) {
        if (number > 0) {
            parts.add(number + " " + word);
        }
    }
}
