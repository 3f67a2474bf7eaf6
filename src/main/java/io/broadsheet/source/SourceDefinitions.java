package io.broadsheet.source;

import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.config.UniqueNames;
import io.broadsheet.config.YamlFile;
import io.broadsheet.config.YamlMap;
import io.broadsheet.error.UserError;
import io.broadsheet.source.SourceDefinition.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/sources.yml}. */
public final class SourceDefinitions {
    private static final Duration EVERY_LEAST = Duration.ofSeconds(1);
    private static final int BACKLOG_MAX = 1_000;

    private SourceDefinitions() {}

    /** All sources of the file, in its order, and all that is wrong in it. */
    public static Loaded<List<SourceDefinition>> read(Home home) {
        UniqueNames names = new UniqueNames("source");
        return YamlFile.list(home, Home.SOURCES, map -> source(map, names));
    }

    /** Every key that is read; the documentation is held to it. */
    public static Set<String> keys() {
        return YamlFile.keys(map -> source(map, new UniqueNames("source")));
    }

    private static SourceDefinition source(YamlMap map, UniqueNames names) {
        String name = names.read(map, "name");
        Optional<Kind> written = map.required("kind", map.word("kind", Kind.class));
        Kind kind = written.orElse(Kind.FOLDER);
        Optional<String> url = map.url("url");
        Optional<String> path = map.value("path", SourceDefinitions::relative);
        if (written.isPresent()) {
            checkPlace(map, kind);
        }
        Optional<PageRules> pages = PageRulesReader.read(map, kind);
        return new SourceDefinition(
                name,
                kind,
                kind.isFetched() ? url.orElse("") : null,
                kind == Kind.FOLDER ? path.orElse("") : null,
                every(map),
                map.texts("tags"),
                map.whole("backlog", 0, BACKLOG_MAX).orElse(0),
                map.language("language").orElse(null),
                map.zone("time-zone").map(ZoneId::getId).orElse(null),
                pages.orElse(null));
    }

    private static void checkPlace(YamlMap map, Kind kind) {
        expect(map, "url", kind.isFetched());
        expect(map, "path", kind == Kind.FOLDER);
        if (kind == Kind.API) {
            for (String key : List.of("every", "backlog")) {
                if (map.has(key)) {
                    map.problem(key, "'" + key + "' does not belong to an api source, which is never visited");
                }
            }
        }
    }

    private static void expect(YamlMap map, String key, boolean wanted) {
        if (wanted && !map.has(key)) {
            map.problem(key, "key '" + key + "' is missing");
        }
        if (!wanted && map.has(key)) {
            map.problem(
                    key,
                    "'" + key
                            + "' does not belong to this kind of source; a folder has a path, api has neither, all others have a url");
        }
    }

    private static @Nullable Duration every(YamlMap map) {
        Duration every = map.duration("every").orElse(null);
        if (every != null && every.compareTo(EVERY_LEAST) < 0) {
            map.problem("every", "'every' is at least 1s");
        }
        return every;
    }

    /** A folder of the home, and nothing outside of it. */
    private static String relative(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() || path.normalize().startsWith("..")) {
                throw new UserError("'" + text + "' is outside of the home; write a folder in it, such as releases");
            }
            return text;
        } catch (InvalidPathException e) {
            throw new UserError("'" + text + "' is not a path");
        }
    }
}
