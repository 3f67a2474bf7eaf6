package io.broadsheet.cli;

import io.broadsheet.feed.FeedReport;
import io.broadsheet.json.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code feeds …}: what we publish. */
@Command(name = "feeds", description = "Build the feeds.")
final class FeedsCommand {
    private final Session session;

    FeedsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "build",
            description = "Build all feeds from the articles there are; a file is written only when its bytes change.")
    int build(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            List<FeedReport> feeds;
            try (ShownProgress progress = new ShownProgress(session.terminal(), "building")) {
                feeds = installation.publishFeeds().build(progress);
            }
            show(new Built(feeds), json);
            return ExitCode.DONE;
        });
    }

    private void show(Built built, boolean json) {
        Terminal terminal = session.terminal();
        if (json) {
            terminal.out().println(Json.write(built));
            return;
        }
        Table table = new Table("FEED", "ARTICLES", "CHANGED", "FILES");
        built.feeds()
                .forEach(feed -> table.row(
                        feed.name(),
                        String.valueOf(feed.articles()),
                        feed.changed() ? "yes" : "no",
                        String.join(" ", feed.files())));
        table.print(terminal.out(), terminal.width());
    }

    record Built(List<FeedReport> feeds) {}
}
