package io.broadsheet.source;

import io.broadsheet.source.SourceDefinition.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to collect from a place.
 *
 * @param url of the source
 * @param title of the feed or page, plain text; absent when it has none
 * @param how it was found, in the reader's words
 * @param count how many stories it lists now
 * @param newest some of them, as its list has them
 */
public record Proposal(Kind kind, String url, @Nullable String title, String how, int count, List<Story> newest) {
    private static final int SHOWN_MAX = 10;

    public Proposal {
        newest = newest.stream().limit(SHOWN_MAX).toList();
    }

    /** One story that it would collect; title empty and date absent where the list does not say them. */
    public record Story(
            String title, @Nullable String url, @Nullable Instant published) {}
}
