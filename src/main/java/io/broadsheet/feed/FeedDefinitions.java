package io.broadsheet.feed;

import io.broadsheet.article.SelectionReader;
import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.UniqueNames;
import io.broadsheet.config.YamlFile;
import io.broadsheet.config.YamlMap;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/feeds.yml}. */
public final class FeedDefinitions {
    private static final int SIZE = 50;
    private static final int SIZE_MAX = 1_000; // what a reader fetches whole on each visit

    private FeedDefinitions() {}

    /**
     * All feeds of the file, in its order, and all that is wrong in it.
     *
     * @param sources names that a selection may use; absent: not known, and any name passes
     */
    public static Loaded<List<FeedDefinition>> read(Home home, @Nullable Collection<String> sources) {
        UniqueNames names = new UniqueNames("feed");
        return YamlFile.list(home, Home.FEEDS, map -> feed(map, names, sources));
    }

    /** Every key that is read; the documentation is held to it. */
    public static Set<String> keys() {
        return YamlFile.keys(map -> feed(map, new UniqueNames("feed"), List.of()));
    }

    private static FeedDefinition feed(YamlMap map, UniqueNames names, @Nullable Collection<String> sources) {
        String name = names.read(map, "name");
        return new FeedDefinition(
                name,
                map.line("title").orElse(name),
                map.text("description").orElse(null),
                map.map("select", select -> SelectionReader.read(select, sources)),
                map.whole("size", 1, SIZE_MAX).orElse(SIZE),
                map.language("language").orElse(null));
    }
}
