package io.broadsheet.cli;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import io.broadsheet.source.Entry;
import io.broadsheet.source.Inspect;
import io.broadsheet.source.Inspected;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what a document holds, as collecting would read it; nothing is stored. */
@Command(
        name = "inspect",
        description = "Show what a feed, a page or a file holds, as collecting would read it; nothing is stored.")
final class InspectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "FILE|URL", description = "What to read.")
    private @Nullable String document;

    @Option(names = "--base-url", paramLabel = "URL", description = "What relative links of a file belong to.")
    private @Nullable String baseUrl;

    @Option(
            names = "--batch",
            paramLabel = "LIST",
            description =
                    "A file of paths or URLs, one a line, each with an optional tab and base URL; prints one line of JSON for each.")
    private @Nullable Path batch;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Inspect inspect = session.program().inspect(session.home());
        if (batch != null && document == null) {
            return each(inspect, lines(batch));
        }
        if (document == null || batch != null) {
            throw new UserError("inspect takes a FILE or URL, or else --batch LIST; see 'broadsheet inspect --help'");
        }
        Inspected inspected = read(inspect, document, baseUrl);
        if (json) {
            session.terminal().out().println(Json.write(inspected));
        } else {
            show(inspected, session.terminal().out());
        }
        return ExitCode.DONE;
    }

    /** An unreadable document is the world's failure, whatever the reason. */
    private static Inspected read(Inspect inspect, String document, @Nullable String baseUrl) {
        try {
            return inspect.inspect(document, baseUrl);
        } catch (UserError e) {
            throw new OutsideError(String.join(" ", e.lines()), false, e);
        }
    }

    private int each(Inspect inspect, List<String> lines) {
        int failed = 0;
        int read = 0;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int tab = line.indexOf('\t');
            String input = tab < 0 ? line : line.substring(0, tab);
            try {
                Inspected inspected = read(inspect, input, tab < 0 ? baseUrl : line.substring(tab + 1));
                session.terminal().out().println(Json.write(Batched.of(input, inspected)));
                read++;
            } catch (OutsideError e) {
                session.terminal().out().println(Json.write(new Unreadable(input, e.getMessage())));
                failed++;
            }
        }
        return failed == 0 ? ExitCode.DONE : read == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }

    private static List<String> lines(Path list) {
        try {
            return Files.readAllLines(list);
        } catch (IOException e) {
            throw new UserError(list + ": cannot be read; name a text file with one path or URL a line");
        }
    }

    private static void show(Inspected inspected, PrintStream out) {
        out.println(inspected.kind()
                + (inspected.title() == null ? "" : ": " + inspected.title())
                + (inspected.language() == null ? "" : " (" + inspected.language() + ")"));
        if (inspected.url() != null) {
            out.println("  " + inspected.url());
        }
        for (Entry entry : inspected.entries()) {
            out.println();
            out.println(entry.title().isEmpty() ? "(no headline)" : entry.title());
            line(out, "url", entry.url());
            line(out, "id", entry.id());
            line(out, "author", entry.author());
            line(out, "unit", entry.unit());
            line(
                    out,
                    "published",
                    entry.published() == null ? null : entry.published() + " (" + entry.dateFrom() + ")");
            line(out, "text", entry.content() == null ? null : entry.content().length() + " characters");
        }
        out.println();
        out.println(inspected.entries().size() + (inspected.entries().size() == 1 ? " entry" : " entries"));
        inspected.notes().forEach(note -> out.println("note: " + note));
    }

    private static void line(PrintStream out, String name, @Nullable String value) {
        if (value != null) {
            out.println("  " + name + " ".repeat(11 - name.length()) + value);
        }
    }

    /** {@link Inspected} with the line of the list that it answers. */
    record Batched(
            String input,
            String kind,
            @Nullable String title,
            @Nullable String url,
            @Nullable String language,
            List<Entry> entries,
            List<String> notes) {
        static Batched of(String input, Inspected read) {
            return new Batched(
                    input, read.kind(), read.title(), read.url(), read.language(), read.entries(), read.notes());
        }
    }

    record Unreadable(String input, @Nullable String error) {}
}
