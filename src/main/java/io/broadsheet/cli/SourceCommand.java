package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.source.Entry;
import io.broadsheet.source.Opml;
import io.broadsheet.source.SourceDetails;
import io.broadsheet.source.SourceView;
import io.broadsheet.source.Visit;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code source …}: where articles come from, and how it fares. */
@Command(name = "source", description = "Add, try, list and pause the places that articles come from.")
final class SourceCommand {
    private final Session session;

    SourceCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", description = "List all sources and how they fare.")
    int list(@Option(names = "--json", description = "Print JSON, one source a line.") boolean json) {
        return session.listed(
                json, installation -> installation.sources().show().all(), this::show);
    }

    private void show(List<SourceView> sources) {
        Terminal terminal = session.terminal();
        Table table = new Table("NAME", "KIND", "STATE", "COLLECTED", "NEXT", "PLACE");
        for (SourceView source : sources) {
            table.row(
                    source.name(),
                    source.kind(),
                    source.state(),
                    source.collected() == null ? "never" : Moment.of(source.collected()),
                    source.next() == null ? "-" : Moment.of(source.next()),
                    String.valueOf(source.place()));
        }
        table.print(terminal.out(), terminal.width());
        sources.stream()
                .filter(source -> source.error() != null)
                .forEach(source -> terminal.tell(source.name() + ": " + source.error()));
    }

    @Command(name = "show", description = "Show one source with all that is remembered of it.")
    int show(
            @Parameters(paramLabel = "NAME", description = "A name from config/sources.yml.") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.shown(
                json,
                installation -> installation.sources().show().show(name),
                details -> show(details, session.terminal().out()));
    }

    private static void show(SourceDetails details, PrintStream out) {
        SourceView source = details.source();
        out.println(source.name() + " (" + source.kind() + "): " + source.state());
        line(out, "place", source.place());
        line(out, "visited at", source.learnedUrl());
        SourceDetails.Move move = details.move();
        line(
                out,
                "moving to",
                move == null
                        ? null
                        : move.url() + " (told at " + Count.of(move.visits(), "visit") + " since "
                                + Moment.of(move.since()) + "; believed after " + move.visitsLeft()
                                + " more, not before " + Moment.of(move.earliest()) + ")");
        line(out, "every", source.everySeconds() == null ? "its own rhythm" : source.everySeconds() + " s");
        line(out, "collected", source.collected() == null ? "never" : Moment.of(source.collected()));
        line(out, "next visit", source.next() == null ? null : Moment.of(source.next()));
        line(out, "failures", source.failures() == 0 ? null : source.failures() + " in a row");
        line(out, "error", source.error());
        SourceDetails.Guids guids = details.guids();
        line(
                out,
                "guids",
                guids.seenAgain() == 0
                        ? null
                        : (guids.trusted() ? "trusted, " : "not trusted, ") + guids.changed() + " of "
                                + guids.seenAgain() + " changed" + (guids.shared() ? ", some shared" : ""));
        SourceDetails.PageList list = details.list();
        if (list != null) {
            line(
                    out,
                    "links at",
                    list.links() == null || list.links().isEmpty()
                            ? null
                            : list.links() + (list.learned() ? " (learned)" : " (given)"));
            line(out, "usual", list.usual() == 0 ? null : list.usual() + (list.usual() == 1 ? " story" : " stories"));
            line(out, "known", list.known() + " pages" + (list.waiting() ? ", more are read at the next visit" : ""));
        }
        details.notes().forEach(note -> out.println("note: " + note));
    }

    private static void line(PrintStream out, String name, @Nullable String value) {
        if (value != null) {
            out.println("  " + name + " ".repeat(12 - name.length()) + value);
        }
    }

    @Command(
            name = "test",
            description = "Visit a source as if for the first time, and show what it gives; nothing is stored.")
    int test(
            @Parameters(paramLabel = "NAME", description = "A name from config/sources.yml.") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            Visit visit = installation.sources().test().test(name);
            if (json) {
                session.terminal()
                        .out()
                        .println(Json.write(new Tested(name, visit.error(), visit.entries(), visit.notes())));
            } else {
                tell(name, visit);
            }
            return visit.error() == null ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    record Tested(String name, @Nullable String error, List<Entry> entries, List<String> notes) {}

    private void tell(String name, Visit visit) {
        Terminal terminal = session.terminal();
        Table table = new Table("PUBLISHED", "AUTHOR", "TEXT", "TITLE");
        for (Entry entry : visit.entries()) {
            table.row(
                    entry.published() == null ? "-" : Moment.of(entry.published()),
                    entry.author() == null ? "-" : entry.author(),
                    entry.content() == null
                            ? "-"
                            : String.valueOf(entry.content().length()),
                    entry.title());
        }
        table.print(terminal.out(), terminal.width());
        visit.notes().forEach(note -> terminal.out().println("note: " + note));
        terminal.out()
                .println(name + ": "
                        + (visit.entries().size() == 1
                                ? "1 entry"
                                : visit.entries().size() + " entries"));
        if (visit.error() != null) {
            terminal.tell(visit.error());
        }
    }

    @Command(name = "pause", description = "Visit a source no more until it is resumed.")
    int pause(
            @Parameters(paramLabel = "NAME", description = "A name from config/sources.yml.") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.line(installation ->
                told(name, "paused", installation.sources().pause().pause(name), json));
    }

    @Command(name = "resume", description = "Visit a paused source again, at once.")
    int resume(
            @Parameters(paramLabel = "NAME", description = "A name from config/sources.yml.") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.line(installation ->
                told(name, "resumed", installation.sources().pause().resume(name), json));
    }

    private static String told(String name, String what, boolean changed, boolean json) {
        return json
                ? Json.write(Map.of("name", name, "state", what, "changed", changed))
                : name + ": " + what + (changed ? "" : " already");
    }

    @Command(name = "export", description = "Print the feeds among the sources as OPML, for other programs.")
    int export() {
        return session.with(installation -> {
            session.terminal()
                    .out()
                    .print(Opml.write(installation.sources().show().all(), "Sources"));
            return ExitCode.DONE;
        });
    }
}
