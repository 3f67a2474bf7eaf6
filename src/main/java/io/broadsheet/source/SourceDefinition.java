package io.broadsheet.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source as {@code config/sources.yml} defines it.
 *
 * @param name {@code [a-z0-9-]+}, unique and stable
 * @param url of a {@code feed}, {@code page} or {@code sitemap} source, http(s); absent for a folder
 * @param path of a {@code folder} source, relative to the home; absent for all others
 * @param every how long after one visit the next is due; absent: by its own {@link Rhythm}
 * @param tags what its articles can be selected by
 * @param backlog of its first collection, how many of the newest count as news to be mailed
 * @param language BCP 47 tag for articles that do not say theirs; absent: the site's
 * @param timeZone IANA id for dates without a zone; absent: UTC
 * @param pages how a {@code page} or {@code sitemap} source is read, absent where nothing is said; how a feed's entries are completed from their
 *     pages, absent where they are not; absent for a folder
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
        @Nullable String timeZone,
        @Nullable PageRules pages) {
    public SourceDefinition {
        tags = List.copyOf(tags);
        if (kind.isFetched() == (url == null) || (kind == Kind.FOLDER) == (path == null)) {
            throw new IllegalArgumentException("a folder has a path, api has neither, all others have a url");
        }
    }

    /** A source with nothing to say about pages. */
    public SourceDefinition(
            String name,
            Kind kind,
            @Nullable String url,
            @Nullable String path,
            @Nullable Duration every,
            List<String> tags,
            int backlog,
            @Nullable String language,
            @Nullable String timeZone) {
        this(name, kind, url, path, every, tags, backlog, language, timeZone, null);
    }

    /** Whether the entries of a feed are completed from their pages. */
    boolean isFullText() {
        return kind == Kind.FEED && pages != null;
    }

    /** Whether it has parts that are read on their own, and remembered: see {@link SourceMemory}. */
    boolean hasParts() {
        return kind.hasPages() || kind == Kind.FOLDER || isFullText();
    }

    PageRules rules() {
        return pages == null ? PageRules.NONE : pages;
    }

    /** Whether we go there; else its articles come to us. */
    @JsonIgnore
    public boolean isVisited() {
        return kind != Kind.API;
    }

    /** Where the articles come from. */
    public enum Kind {
        FEED,
        FOLDER,
        /** A page that lists stories, each of which has a page of its own. */
        PAGE,
        /** A sitemap, or an index of several. */
        SITEMAP,
        /** Nowhere: whoever holds a token posts them to us. */
        API;

        /** Whether it lies behind a URL. */
        public boolean isFetched() {
            return this != FOLDER && this != API;
        }

        /** Whether its stories are read page by page. */
        public boolean hasPages() {
            return this == PAGE || this == SITEMAP;
        }
    }
}
