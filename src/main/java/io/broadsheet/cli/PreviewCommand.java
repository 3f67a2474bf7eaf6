package io.broadsheet.cli;

import io.broadsheet.edition.ArticleView;
import io.broadsheet.edition.PreviewEdition;
import io.broadsheet.error.OutsideError;
import io.broadsheet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edition preview}: what would go to how many, and how it looks. */
@Command(
        name = "preview",
        description = "Show what would go to how many if it were sent now, and write the mail as HTML, text and .eml.")
final class PreviewCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NEWSLETTER")
    private String newsletter = "";

    @Option(
            names = "--cadence",
            paramLabel = "NAME",
            description = "Only its readers; by default those of every cadence.")
    private @Nullable String cadence;

    @Option(
            names = "--subscriber",
            paramLabel = "EMAIL",
            description = "Whose mail is shown; by default the first recipient's.")
    private @Nullable String subscriber;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "Take up to N of the newest articles of the back catalogue too.")
    private int backlog;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the three files go; by default a temporary folder.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PreviewCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.with(installation -> {
            PreviewEdition previewEdition = installation.previewEdition();
            PreviewEdition.Preview preview;
            try (ShownProgress progress = new ShownProgress(session.terminal(), "looking")) {
                preview = previewEdition.preview(
                        new PreviewEdition.Request(newsletter, cadence, subscriber, backlog, false), progress);
            }
            Shown shown = Shown.of(preview, previewEdition.write(preview, folder == null ? temporary() : folder));
            if (json) {
                session.terminal().out().println(Json.write(shown));
            } else {
                show(shown);
            }
            return ExitCode.DONE;
        });
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("broadsheet-preview-");
        } catch (IOException e) {
            throw new OutsideError("there is no room for a temporary folder; name one with --out", true, e);
        }
    }

    private void show(Shown shown) {
        PrintStream out = session.terminal().out();
        out.println(shown.subject());
        shown.articles().forEach(article -> out.println("  " + article.title()));
        out.println();
        out.println("would go to " + Count.of(shown.recipients(), "recipient") + " in "
                + Count.of(shown.variants(), "variant"));
        if (shown.why() != null) {
            out.println(shown.why());
        }
        out.println("  " + shown.html());
        out.println("  " + shown.text());
        out.println("  " + shown.eml());
    }

    record Shown(
            String subject,
            List<ShownArticle> articles,
            long recipients,
            int variants,
            String html,
            String text,
            String eml,
            @Nullable String why) {
        static Shown of(PreviewEdition.Preview preview, PreviewEdition.Written files) {
            return new Shown(
                    preview.mail().subject(),
                    preview.articles().stream().map(ShownArticle::of).toList(),
                    preview.recipients(),
                    preview.variants(),
                    absolute(files.html()),
                    absolute(files.text()),
                    absolute(files.eml()),
                    preview.why());
        }

        private static String absolute(Path file) {
            return file.toAbsolutePath().normalize().toString();
        }
    }

    record ShownArticle(
            String title,
            String url,
            @Nullable String author,
            @Nullable Instant published,
            String summary,
            String language) {
        static ShownArticle of(ArticleView view) {
            return new ShownArticle(
                    view.title(), view.url(), view.author(), view.published(), view.summary(), view.language());
        }
    }
}
