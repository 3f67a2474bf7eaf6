package io.broadsheet.newsletter;

/** Which newsletter. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record NewsletterId(long value) implements Comparable<NewsletterId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static NewsletterId parse(String text) {
        return new NewsletterId(Long.parseLong(text));
    }

    @Override
    public int compareTo(NewsletterId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
