package io.broadsheet.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what was mended or left out; repeats are counted, not listed. Used by one thread. */
final class Notes {
    /** A document with more kinds of damage than this is told in enough words. */
    private static final int KINDS_MAX = 50;

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    void add(String what) {
        add(what, 0);
    }

    /** @param line of the document, from 1, where it was first seen; 0 for none */
    void add(String what, int line) {
        if (counts.size() >= KINDS_MAX && !counts.containsKey(what)) {
            return;
        }
        counts.merge(what, 1, Integer::sum);
        lines.putIfAbsent(what, line);
    }

    boolean has(String what) {
        return counts.containsKey(what);
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        counts.forEach((what, count) -> {
            int line = lines.getOrDefault(what, 0);
            String where = line > 0 ? "line " + line + ": " : "";
            sentences.add(where + what + (count > 1 ? " (" + count + " times)" : ""));
        });
        return sentences;
    }
}
