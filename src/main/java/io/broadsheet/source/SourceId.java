package io.broadsheet.source;

/** Which source. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record SourceId(long value) implements Comparable<SourceId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static SourceId parse(String text) {
        return new SourceId(Long.parseLong(text));
    }

    @Override
    public int compareTo(SourceId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
