package io.broadsheet.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was posted, as far as it could be read. It is whole if neither damage nor faults are there; else nothing of it is to be used.
 *
 * @param several whether a list was posted, if only of one
 * @param entries in the order they were posted; empty unless it is whole
 * @param damage why it is not even JSON, one line with the place; absent when it is
 * @param faults all that is wrong with its articles, in their order; at most {@value #FAULTS_MAX}
 */
public record Posted(
        boolean several, List<Entry> entries, @Nullable String damage, List<Fault> faults) {
    /** Who made so many mistakes made one, many times. */
    static final int FAULTS_MAX = 50;

    public Posted {
        entries = List.copyOf(entries);
        faults = List.copyOf(faults);
    }

    /**
     * One thing that is wrong.
     *
     * @param pointer where, as a JSON Pointer (RFC 6901) such as {@code /0/title}; empty for the document itself
     * @param detail what is wrong, and the mend
     */
    public record Fault(String pointer, String detail) {}

    static Posted damaged(String damage) {
        return new Posted(false, List.of(), damage, List.of());
    }
}
