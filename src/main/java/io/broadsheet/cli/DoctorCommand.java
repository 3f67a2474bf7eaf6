package io.broadsheet.cli;

import io.broadsheet.doctor.Finding;
import io.broadsheet.doctor.Finding.Verdict;
import io.broadsheet.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor …}: what may keep mail from arriving. */
@Command(name = "doctor", description = "Look for what may keep mail from arriving.")
final class DoctorCommand {
    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "mail",
            description = {
                "Check SPF, DKIM, DMARC, reverse DNS, TLS, one-click, and what readers and providers did with the mail",
                "of 30 days, against the rules of Gmail, Yahoo and Microsoft. Sends nothing, changes nothing."
            })
    int mail(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            List<Finding> findings = installation.examineMail().examine();
            boolean passed = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
            PrintStream out = session.terminal().out();
            if (json) {
                out.println(Json.write(new Examined(
                        passed, findings.stream().map(ShownFinding::of).toList())));
            } else {
                findings.forEach(finding -> show(out, finding));
                out.println();
                out.println(count(findings, Verdict.PASS) + " passed, " + count(findings, Verdict.FAIL) + " failed, "
                        + count(findings, Verdict.UNSEEN) + " can't be seen from here");
            }
            return passed ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    private static void show(PrintStream out, Finding finding) {
        String verdict = switch (finding.verdict()) {
            case PASS -> "pass  ";
            case FAIL -> "FAIL  ";
            case UNSEEN -> "?     ";
        };
        out.println(verdict + finding.rule() + "  " + finding.about() + ": " + finding.found());
        if (finding.mend() != null) {
            out.println("      " + finding.mend()
                    + (finding.wantedBy().isEmpty()
                            ? ""
                            : " (wanted by " + String.join(", ", finding.wantedBy()) + ")"));
        }
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    record Examined(boolean passed, List<ShownFinding> findings) {}

    /** @param verdict {@code pass}, {@code fail} or {@code unseen} */
    record ShownFinding(
            String rule,
            String about,
            String verdict,
            String found,
            @Nullable String mend,
            List<String> wantedBy) {
        static ShownFinding of(Finding finding) {
            return new ShownFinding(
                    finding.rule(),
                    finding.about(),
                    finding.verdict().name().toLowerCase(Locale.ROOT),
                    finding.found(),
                    finding.mend(),
                    finding.wantedBy());
        }
    }
}
