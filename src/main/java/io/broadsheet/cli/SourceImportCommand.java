package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.provision.AddSources.Added;
import io.broadsheet.provision.AddSources.Wanted;
import io.broadsheet.source.Opml;
import io.broadsheet.source.SourceDefinition.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code source import}: takes in a list of feeds. */
@Command(
        name = "import",
        description = "Add the feeds of an OPML file to config/sources.yml; those that are there are passed over.")
final class SourceImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "An OPML file, as other programs export it.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    SourceImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.with(installation -> {
            List<Wanted> wanted = Opml.read(file).stream()
                    .map(feed -> new Wanted(null, feed.title(), Kind.FEED, feed.url(), feed.tags()))
                    .toList();
            Added added = installation.sources().add().add(wanted);
            session.terminal()
                    .out()
                    .println(
                            json
                                    ? Json.write(added)
                                    : Count.of(added.added().size(), "source") + " added, "
                                            + added.present().size() + " there before");
            return ExitCode.DONE;
        });
    }
}
