package io.broadsheet.cli;

import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import io.broadsheet.provision.AddSources;
import io.broadsheet.provision.AddSources.Wanted;
import io.broadsheet.source.Proposal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code source add}: finds out how to collect from a URL, and takes it in. */
@Command(
        name = "add",
        description = "Find out how to collect from a URL, show what that gives, and add it to config/sources.yml.")
final class SourceAddCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "URL", description = "A feed, a newsroom, a site or a sitemap.")
    private String url = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The source's name; by default from its title.")
    private @Nullable String name;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    SourceAddCommand(Session session) {
        this.session = session;
    }

    /** @param added whether it is a source now; false when it was one before */
    record Answer(@Nullable String name, boolean added, Found source, List<Found> others) {}

    /** A proposal, its kind written as config files do. */
    record Found(String kind, String url, @Nullable String title, String how, int count, List<Proposal.Story> newest) {
        static Found of(Proposal proposal) {
            return new Found(
                    SourceAddCommand.kind(proposal),
                    proposal.url(),
                    proposal.title(),
                    proposal.how(),
                    proposal.count(),
                    proposal.newest());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        return session.with(installation -> {
            List<Proposal> found = installation.sources().discover().discover(url);
            Proposal best = found.get(0);
            if (!json) {
                show(found);
            }
            if (!yes) {
                if (!terminal.answers()) {
                    throw new UserError("source add: nobody is here to say yes; look at what was found, and add --yes");
                }
                if (!terminal.agrees("Add it to config/sources.yml?")) {
                    terminal.out().println("nothing was added");
                    return ExitCode.DONE;
                }
            }
            AddSources.Added added = installation
                    .sources()
                    .add()
                    .add(List.of(new Wanted(name, best.title(), best.kind(), best.url(), List.of())));
            boolean isNew = !added.added().isEmpty();
            String as = isNew ? added.added().get(0) : null;
            if (json) {
                List<Found> all = found.stream().map(Found::of).toList();
                terminal.out().println(Json.write(new Answer(as, isNew, all.get(0), all.subList(1, all.size()))));
            } else {
                terminal.out()
                        .println(
                                isNew
                                        ? "added as '" + as + "'; 'broadsheet collect " + as + "' collects it now"
                                        : best.url() + " is in config/sources.yml already");
            }
            return ExitCode.DONE;
        });
    }

    private void show(List<Proposal> found) {
        Terminal terminal = session.terminal();
        Proposal best = found.get(0);
        terminal.out().println(kind(best) + ": " + best.url());
        if (best.title() != null) {
            terminal.out().println("  " + best.title());
        }
        terminal.out().println("  " + best.how());
        Table table = new Table("PUBLISHED", "TITLE");
        for (Proposal.Story story : best.newest()) {
            table.row(
                    story.published() == null ? "-" : Moment.of(story.published()),
                    story.title().isEmpty() ? String.valueOf(story.url()) : story.title());
        }
        table.print(terminal.out(), terminal.width());
        terminal.out().println(best.count() == 1 ? "1 story" : best.count() + " stories");
        for (Proposal other : found.subList(1, found.size())) {
            terminal.out()
                    .println("also: " + kind(other) + " " + other.url() + " (" + other.count() + "), " + other.how());
        }
    }

    private static String kind(Proposal proposal) {
        return proposal.kind().name().toLowerCase(Locale.ROOT);
    }
}
