package io.broadsheet.config;

import java.util.HashSet;
import java.util.Set;

/** The names one file or list has given so far; a name given again is a problem. Used by one thread. */
public final class UniqueNames {
    private final String noun;
    private final Set<String> given = new HashSet<>();

    /** @param noun what is named, for errors: {@code source} */
    public UniqueNames(String noun) {
        this.noun = noun;
    }

    /** Reads a required name; empty when it is missing or no name. */
    public String read(YamlMap map, String key) {
        String name = map.name(key);
        if (!name.isEmpty() && !given.add(name)) {
            map.problem(key, "the " + noun + " '" + name + "' is defined twice; rename one");
        }
        return name;
    }
}
