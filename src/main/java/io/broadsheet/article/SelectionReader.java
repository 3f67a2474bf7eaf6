package io.broadsheet.article;

import io.broadsheet.config.Nearest;
import io.broadsheet.config.YamlMap;
import io.broadsheet.error.UserError;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads the {@code select} of a feed or newsletter. */
public final class SelectionReader {
    private SelectionReader() {}

    /**
     * Reads one selection; keys that are absent let all through.
     *
     * @param sources the names there are: another one is a problem; absent: not known, and any name passes
     */
    public static Selection read(YamlMap map, @Nullable Collection<String> sources) {
        return new Selection(
                map.list("sources", name -> known(name, sources)),
                map.texts("tags"),
                map.texts("authors"),
                map.list("languages", YamlMap::languageTag),
                map.texts("words"));
    }

    private static String known(String name, @Nullable Collection<String> sources) {
        if (sources != null && !sources.contains(name)) {
            throw new UserError("unknown source '" + name + "'" + Nearest.mend(name, sources));
        }
        return name;
    }
}
