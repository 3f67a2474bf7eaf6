package io.broadsheet.source;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source as {@code config/sources.yml} defines it.
 *
 * @param name {@code [a-z0-9-]+}, unique and stable
 * @param url of a {@code feed} source, http(s); absent for a folder
 * @param path of a {@code folder} source, relative to the home; absent for a feed
 * @param every how long after one visit the next is due; absent: by its own {@link Rhythm}
 * @param tags what its articles can be selected by
 * @param backlog of its first collection, how many of the newest count as news to be mailed
 * @param language BCP 47 tag for articles that do not say theirs; absent: the site's
 * @param timeZone IANA id for dates without a zone; absent: UTC
 */
public record SourceDefinition(
        String name,
        Kind kind,
        @Nullable String url,
        @Nullable String path,
        @Nullable Duration every,
        List<String> tags,
        int backlog,
        @Nullable String language,
        @Nullable String timeZone) {
    public SourceDefinition {
        tags = List.copyOf(tags);
        if ((kind == Kind.FEED) == (url == null) || (kind == Kind.FOLDER) == (path == null)) {
            throw new IllegalArgumentException("a feed has a url, a folder has a path");
        }
    }

    /** Where the articles come from. */
    public enum Kind {
        FEED,
        FOLDER
    }
}
