package io.broadsheet.source;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A source as an admin sees it.
 *
 * @param place its URL, or its folder's path in the home
 * @param state {@code new}, {@code catching-up}, {@code well}, {@code failing} or {@code paused}
 * @param learnedUrl where it is visited instead, learnt from permanent redirects; absent while the defined one holds
 * @param next when its next visit is due; absent while it is paused
 * @param error of the last visit, with the mend; absent when it went well
 */
public record SourceView(
        String name,
        String kind,
        @Nullable String place,
        @Nullable String learnedUrl,
        String state,
        @Nullable Long everySeconds,
        List<String> tags,
        @Nullable Instant collected,
        @Nullable Instant next,
        int failures,
        @Nullable String error) {
    static SourceView of(Source source) {
        SourceDefinition definition = source.definition();
        return new SourceView(
                source.name(),
                definition.kind().name().toLowerCase(Locale.ROOT),
                definition.kind().isFetched() ? definition.url() : definition.path(),
                source.state().url(),
                state(source),
                definition.every() == null ? null : definition.every().toSeconds(),
                definition.tags(),
                source.collected(),
                source.paused() == null ? source.next() : null,
                source.failures(),
                source.error());
    }

    private static String state(Source source) {
        if (source.paused() != null) {
            return "paused";
        }
        if (source.failures() > 0) {
            return "failing";
        }
        if (source.collected() == null) {
            return "new";
        }
        return source.established() == null ? "catching-up" : "well";
    }
}
