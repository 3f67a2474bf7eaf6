package io.broadsheet.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code page} or {@code sitemap} source is read, where that is not left to us.
 *
 * @param selectors where the list has its stories; absent: learned
 * @param paths only stories whose path begins with one of these; empty: all
 * @param ignoresRobots whether robots.txt is not asked, since the admin owns the site
 */
public record PageRules(@Nullable Selectors selectors, List<String> paths, boolean ignoresRobots) {
    /** All is left to us. */
    public static final PageRules NONE = new PageRules(null, List.of(), false);

    public PageRules {
        paths = List.copyOf(paths);
    }

    boolean takes(String url) {
        String path = "/" + String.join("/", UrlShape.parts(url)) + "/";
        return paths.isEmpty() || paths.stream().anyMatch(path::startsWith);
    }
}
