package io.broadsheet.dns;

import java.util.List;

/**
 * What came of one question.
 *
 * @param values at least one when {@link Kind#FOUND}, else none
 * @param why in a few words, for a log line; what was found needs none and has an empty one
 */
public record Answer<T>(Kind kind, List<T> values, String why) {
    /** How it was answered. */
    public enum Kind {
        FOUND,
        /** NXDOMAIN: nothing at all is there under this name. */
        NO_SUCH_NAME,
        /** The name is there, but has no such record. */
        NO_SUCH_DATA,
        /** No server gave a usable answer: nobody knows, and the same question may be answered later. */
        TROUBLE
    }

    public Answer {
        values = List.copyOf(values);
        if (kind == Kind.FOUND == values.isEmpty()) {
            throw new IllegalArgumentException("values are there when found, and only then");
        }
    }

    static <T> Answer<T> found(List<T> values) {
        return new Answer<>(Kind.FOUND, values, "");
    }

    static <T> Answer<T> none(Kind kind, String why) {
        return new Answer<>(kind, List.of(), why);
    }

    public boolean isFound() {
        return kind == Kind.FOUND;
    }

    /** Whether it is certain that there is none. */
    public boolean isAbsent() {
        return kind == Kind.NO_SUCH_NAME || kind == Kind.NO_SUCH_DATA;
    }

    /** Whether nobody knows; worth asking again later. */
    public boolean isTrouble() {
        return kind == Kind.TROUBLE;
    }
}
