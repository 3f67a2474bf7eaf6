package io.broadsheet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of one file: what was wrong so far, and which keys were asked for. Used by one thread. */
final class Reading {
    final Home home;
    final String file;
    final Function<String, @Nullable String> environment;
    /** Whether lists of mappings that are not there are read once all the same, to learn their keys. */
    final boolean learning;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    Reading(Home home, String file, Function<String, @Nullable String> environment, boolean learning) {
        this.home = home;
        this.file = file;
        this.environment = environment;
        this.learning = learning;
    }

    void problem(int line, String message) {
        problems.add(new Problem(file, line, message));
    }

    void asked(String path) {
        asked.add(path);
    }

    Set<String> keys() {
        return asked;
    }

    List<Problem> problems() {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
