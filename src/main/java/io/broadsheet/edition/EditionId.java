package io.broadsheet.edition;

/** Which edition. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record EditionId(long value) implements Comparable<EditionId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static EditionId parse(String text) {
        return new EditionId(Long.parseLong(text));
    }

    @Override
    public int compareTo(EditionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
