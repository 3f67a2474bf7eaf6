package io.broadsheet.provision;

import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.Problem;
import io.broadsheet.config.Settings;
import io.broadsheet.feed.FeedDefinition;
import io.broadsheet.feed.FeedDefinitions;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterDefinitions;
import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a home's {@code config/} says. */
public record Definitions(
        Settings settings,
        List<SourceDefinition> sources,
        List<FeedDefinition> feeds,
        List<NewsletterDefinition> newsletters) {
    public Definitions {
        sources = List.copyOf(sources);
        feeds = List.copyOf(feeds);
        newsletters = List.copyOf(newsletters);
    }

    /** Reads the files; problems come in the order of the files, then of the lines. */
    public static Loaded<Definitions> read(Home home, TemplateSyntax syntax) {
        Loaded<Settings> settings = Settings.load(home);
        Loaded<List<SourceDefinition>> sources = SourceDefinitions.read(home);
        @Nullable List<String> names = names(sources);
        Loaded<List<FeedDefinition>> feeds = FeedDefinitions.read(home, names);
        Loaded<List<NewsletterDefinition>> newsletters = NewsletterDefinitions.read(home, names, syntax);
        List<Problem> problems = new ArrayList<>(settings.problems());
        problems.addAll(SigningKeys.problems(settings.value(), newsletters.value()));
        Stream.of(sources, feeds, newsletters).forEach(loaded -> problems.addAll(loaded.problems()));
        return new Loaded<>(
                new Definitions(settings.value(), sources.value(), feeds.value(), newsletters.value()), problems);
    }

    /** The names that selections may use; absent where the file could not be read, so that one error does not bring a hundred. */
    private static @Nullable List<String> names(Loaded<List<SourceDefinition>> sources) {
        if (sources.value().isEmpty() && !sources.problems().isEmpty()) {
            return null;
        }
        return sources.value().stream()
                .map(SourceDefinition::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
